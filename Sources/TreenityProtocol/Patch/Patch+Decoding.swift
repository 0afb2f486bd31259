extension Patch {
    /// Reads a patch from the members of a message.
    ///
    /// Takes the operation from `operation`, or from `type` where that names one.
    init(_ fields: FrameFields) throws(Refusal) {
        let place: MemberKey = try fields.word(.operation) == nil ? .type : .operation
        let path = try fields.required(.path, try fields.path(.path))
        do {
            self.init(
                try Operation.decode(place, at: path, fields), path,
                timestamp: try fields.integer(.timestamp).map(Timestamp.init(milliseconds:)),
                meta: try fields.object(.meta),
                id: try Patch.id(fields),
                base: try fields.sequenceNumber(.base),
                seq: try fields.sequenceNumber(.seq))
            if case .move(let target) = operation, case .source(let source) = MoveValue(fields) {
                self.path = try TreePath(refusing: source)
                operation = .move(to: target)
            }
        } catch {
            var refusal = error
            refusal.path = refusal.path ?? path
            throw refusal
        }
    }

    /// The `id` of a message: at most ``maximumIDBytes`` bytes.
    static func id(_ fields: FrameFields) throws(Refusal) -> String? {
        guard let id = try fields.string(.id) else { return nil }
        guard id.utf8.count <= maximumIDBytes else {
            throw Refusal(.invalidPatch, "“id” is longer than \(maximumIDBytes) bytes")
        }
        return id
    }
}

/// The three ways of writing what a `MOVE` needs beside its path.
private enum MoveValue {
    case target(String)
    case source(String)
    case none

    init(_ fields: FrameFields) {
        guard let value = fields.value(.value) else {
            self = .none
            return
        }
        if let target = value.string ?? value["to"]?.string {
            self = .target(target)
        } else if let source = value["from"]?.string {
            self = .source(source)
        } else {
            self = .none
        }
    }
}

extension Patch.Operation {
    fileprivate static func decode(
        _ key: MemberKey, at path: TreePath, _ fields: FrameFields
    ) throws(Refusal) -> Patch.Operation {
        switch try fields.required(.operation, try fields.word(key)) {
        case "ADD":
            return .add(try content(fields, at: path, allowsTextEdits: false) ?? .emptyObject)
        case "EDIT":
            guard let value = try content(fields, at: path, allowsTextEdits: true) else {
                throw Refusal(.invalidPatch, "an EDIT needs a “value”")
            }
            return .edit(value)
        case "DELETE":
            return .delete
        case "MOVE":
            switch MoveValue(fields) {
            case .target(let text): return .move(to: try TreePath(refusing: text))
            case .source: return .move(to: path)
            case .none: throw Refusal(.invalidPatch, "a MOVE needs a “value” of the form {\"to\": path}")
            }
        case "EXECUTE":
            return .execute(fields.value(.value))
        default:
            let name = try fields.string(key) ?? ""
            throw Refusal(.invalidPatch, "“\(name.prefix(40))” is no operation: ADD, EDIT, DELETE, MOVE or EXECUTE")
        }
    }

    /// What an `ADD` or `EDIT` brings, its keys, depth and text edits checked.
    private static func content(
        _ fields: FrameFields, at path: TreePath, allowsTextEdits: Bool
    ) throws(Refusal) -> JSONValue? {
        guard let value = fields.value(.value), let scanned = fields.place(.value) else { return nil }
        guard !scanned.notes.contains(.invalidKey) else {
            throw Refusal(.invalidPath, "a key in “value” is no name: empty, too long, dots or control characters")
        }
        if scanned.notes.contains(.textKey) {
            let mayEdit = allowsTextEdits && fields.has(.base)
            guard value.textEditsAreValid(allowed: mayEdit) else {
                throw Refusal(.invalidPatch, "“$text” is a list of steps, alone in its object, in an EDIT with “base”")
            }
        }
        let room = TreePath.maximumSegments - 1 - path.depth
        // One level of nesting takes at least five bytes, so that short values need no count.
        if scanned.range.count > room * 5, value.nodeDepth(within: room) > room {
            throw Refusal(.invalidPath, "“value” reaches deeper than \(TreePath.maximumSegments) segments")
        }
        return value
    }
}

extension JSONValue {
    /// Whether each `$text` in nested objects is a text edit, and one may stand there at all.
    fileprivate func textEditsAreValid(allowed: Bool) -> Bool {
        guard let members else { return true }
        if members.contains(where: { $0.key == TextEdit.key }) { return allowed && TextEdit(self) != nil }
        return members.allSatisfy { $0.value.textEditsAreValid(allowed: allowed) }
    }

    /// How many levels of members lie in nested objects, counted up to one more than `limit`.
    fileprivate func nodeDepth(within limit: Int) -> Int {
        guard limit >= 0, let members, !members.isEmpty else { return 0 }
        return 1 + (members.map { $0.value.nodeDepth(within: limit - 1) }.max() ?? 0)
    }
}
