public import TreenityProtocol

/// One JSON object, of which nothing depends on the run of the program:
///
/// ```
/// {"v":1,"passages":12,"undo":[DEED…],"redo":[DEED…]}
/// ```
///
/// The oldest deeds stand first. What went on since each deed is in its addresses.
extension UndoStack {
    private static let version: JSONValue = 1

    /// What is needed to undo and redo in another run: as many of the newest deeds as take no more than so many bytes.
    ///
    /// An undo without an answer counts as done. O(deeds, and moves and deletions that are remembered).
    public func saved(maximumBytes: Int) -> JSONValue {
        let oldest = (undoable + redoable).map(\.passagesBefore).min()
        let passages = passages(since: oldest ?? passageCount)
        var room = maximumBytes
        let undo = newest(undoable, after: passages, within: &room)
        let redo = newest(redoable, after: passages, within: &room)
        return [
            "v": UndoStack.version, "passages": .integer(passageCount), "undo": .array(undo), "redo": .array(redo),
        ]
    }

    /// What ``saved(maximumBytes:)`` gave; `nil`: it did not.
    public init?(saved: JSONValue) {
        guard saved["v"] == UndoStack.version, let count = saved["passages"]?.integer, count >= 0,
            let undo = saved["undo"]?.elements, let redo = saved["redo"]?.elements
        else { return nil }
        let undoable = undo.compactMap { Deed(saved: $0, passagesBefore: Int(count)) }
        let redoable = redo.compactMap { Deed(saved: $0, passagesBefore: Int(count)) }
        guard undoable.count == undo.count, redoable.count == redo.count else { return nil }
        self.init(undoable: undoable, redoable: redoable, passageCount: Int(count))
    }

    private func newest(_ deeds: [Deed], after passages: Passages, within room: inout Int) -> [JSONValue] {
        var kept: [JSONValue] = []
        for deed in deeds.reversed() {
            let saved = deed.passing(passages, upTo: passageCount).saved
            room -= saved.text.utf8.count
            guard room >= 0 else { break }
            kept.append(saved)
        }
        return kept.reversed()
    }
}

extension Deed {
    fileprivate var saved: JSONValue {
        [
            "id": .string(id), "sender": .string(sender), "restored": .integer(restoredCount),
            "removals": .array(removals.map { .integer($0) }), "steps": .array(steps.map(\.saved)),
            "marks": .array(marks.map(\.saved)),
        ]
    }

    fileprivate init?(saved: JSONValue, passagesBefore: Int) {
        guard let id = saved["id"]?.string, let sender = saved["sender"]?.string,
            let restored = saved["restored"]?.integer, let removals = saved["removals"]?.elements,
            let steps = saved["steps"]?.elements, let marks = saved["marks"]?.elements
        else { return nil }
        let readSteps = steps.compactMap(InverseStep.init(saved:))
        let readMarks = marks.compactMap(DeedMark.init(saved:))
        guard !steps.isEmpty, readSteps.count == steps.count, readMarks.count == marks.count else { return nil }
        self.init(
            id: id, steps: readSteps, marks: readMarks, sender: sender, restoredCount: Int(restored),
            removals: removals.compactMap { $0.integer.map(Int.init) }, passagesBefore: passagesBefore)
    }
}

extension InverseStep {
    fileprivate var saved: JSONValue {
        let patch = String(decoding: ClientFrame.patch(patch).encoded(), as: UTF8.self)
        return .object(
            [("patch", JSONValue(canonical: patch)), ("gaps", address.savedGaps), ("targetGaps", target?.savedGaps)]
                .compactMap { key, value in value.map { JSONValue.Member(key: key, value: $0) } })
    }

    fileprivate init?(saved: JSONValue) {
        guard let text = saved["patch"]?.text, let gaps = saved["gaps"],
            case .patch(let patch)? = try? ClientFrame.decode(Array(text.utf8)).first?.get()
        else { return nil }
        var target: DeedAddress?
        if case .move(let path) = patch.operation {
            guard let gaps = saved["targetGaps"] else { return nil }
            target = DeedAddress(path, savedGaps: gaps)
        }
        self.init(patch, address: DeedAddress(patch.path, savedGaps: gaps), target: target)
    }
}

extension DeedAddress {
    /// `[depth, number]`, or `[depth]` where what belongs there comes with the deed's own inverse.
    fileprivate var savedGaps: JSONValue {
        .array(gaps.map { .array(([$0.depth] + ($0.number.map { [$0] } ?? [])).map { .integer($0) }) })
    }

    fileprivate init(_ path: TreePath, savedGaps: JSONValue) {
        let gaps = (savedGaps.elements ?? []).compactMap { gap -> Gap? in
            let numbers = (gap.elements ?? []).compactMap { $0.integer.map(Int.init) }
            return numbers.first.map { Gap(depth: $0, number: numbers.dropFirst().first) }
        }
        self.init(path, gaps: gaps)
    }
}

extension DeedMark {
    fileprivate var saved: JSONValue {
        var members: [JSONValue.Member] = [
            JSONValue.Member(key: "path", value: .string(path.text)),
            JSONValue.Member(key: "gaps", value: address.savedGaps),
        ]
        func add(_ key: String, _ value: JSONValue) { members.append(JSONValue.Member(key: key, value: value)) }
        func add(_ stamp: Stamp) {
            add("timestamp", .integer(stamp.timestamp.milliseconds))
            add("sender", .string(stamp.sender))
        }
        switch kind {
        case .property(let stamp, let digest):
            add("is", "property")
            add(stamp)
            add("digest", .string(String(digest, radix: 16)))
        case .added(let stamp):
            add("is", "added")
            add(stamp)
        case .moved: add("is", "moved")
        case .nothing: add("is", "nothing")
        }
        return .object(members)
    }

    fileprivate init?(saved: JSONValue) {
        guard let text = saved["path"]?.string, let path = try? TreePath(parsing: text), let gaps = saved["gaps"]
        else { return nil }
        let address = DeedAddress(path, savedGaps: gaps)
        var stamp: Stamp? {
            guard let time = saved["timestamp"]?.integer, let sender = saved["sender"]?.string else { return nil }
            return Stamp(timestamp: Timestamp(milliseconds: time), sender: sender)
        }
        switch saved["is"]?.string {
        case "property":
            guard let stamp, let digest = saved["digest"]?.string.flatMap({ UInt64($0, radix: 16) }) else {
                return nil
            }
            self.init(address: address, kind: .property(stamp, digest: digest))
        case "added":
            guard let stamp else { return nil }
            self.init(address: address, kind: .added(stamp))
        case "moved": self.init(address: address, kind: .moved)
        case "nothing": self.init(address: address, kind: .nothing)
        default: return nil
        }
    }
}
