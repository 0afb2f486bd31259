public import TreenityProtocol

/// One patch of an edit that the server has not answered yet.
public struct PendingPatch: Sendable {
    /// The patch, as it is sent.
    public private(set) var patch: Patch
    /// What it does to the tree as it is; `nil` where it can do nothing there now.
    public private(set) var change: Change?
    /// The patch as the server would carry it over what has come since it was made; `nil`: a text that it edits is no
    /// longer the one that it was made for, so that only the server knows what becomes of it.
    private var current: Patch?
    /// The properties whose texts it edits, in the order of the edits in its value.
    private(set) var texts: [PropertyKey]
    /// The identities of nodes that it adds, while it is taken back.
    private(set) var reserved: [Birthplace: NodeID] = [:]
    /// What it reads and writes.
    private(set) var footprint = Footprint()

    init(_ patch: Patch, texts: [PropertyKey]) {
        self.patch = patch
        self.texts = texts
        current = patch
    }

    /// A patch for a tree that is not known: only the server can say what becomes of texts that it edits.
    init(unseen patch: Patch) {
        self.init(patch, texts: [])
        if !patch.textLeaves.isEmpty { current = nil }
    }

    /// Whether this is the patch that the server now sends on: by `id`, or, from a server that drops ids, by content.
    ///
    /// Another user may have chosen the same `id`.
    ///
    /// - Parameter user: as whom the server knows us; it may leave the patch the user whom it claims. `nil`: not known.
    func isConfirmed(by other: Patch, of user: String?) -> Bool {
        if let id = other.id {
            return id == patch.id && (user == nil || other.sender == user || other.sender == patch.sender)
        }
        return other.timestamp == patch.timestamp && other.path == patch.path && other.operation == patch.operation
    }

    // MARK: On and off the tree

    /// Finds out anew what it reads and writes. O(length of the paths and value).
    mutating func findFootprint(in tree: Replica) {
        footprint = Footprint(of: current ?? patch, in: tree)
    }

    mutating func takeBack(from tree: inout Replica) {
        guard let change else { return }
        reserved = tree.births(of: change)
        tree.takeBack(change, reserving: Set(reserved.values))
        self.change = nil
    }

    /// What it did is no longer its own.
    mutating func becomeTaken() {
        change = nil
        reserved = [:]
    }

    /// - Throws: ``Refusal`` where it does not fit the tree as it is; nothing has happened then.
    mutating func apply(to tree: inout Replica, now: Timestamp) throws(Refusal) {
        findFootprint(in: tree)
        guard let current else {
            throw Refusal(.stale, "the text was changed in a way that is not known", path: patch.path)
        }
        if !texts.isEmpty, tree.texts(of: current) != texts {
            throw Refusal(.stale, "another text is at \(current.path)", path: current.path)
        }
        change = try tree.apply(current, rule: .admission, now: now, reusing: reserved, isTentative: true)
        reserved = [:]
    }

    /// What it did, where exactly that is what the server has decided: then it may stay as it is.
    ///
    /// What takes something away may not: an edit that can still be refused keeps what it took, and remembers the
    /// deletion; and later edits may have to follow a move.
    func change(confirmedBy decided: Patch) -> Change? {
        guard let change, let current, change.traces.isEmpty, change.superseded.isEmpty,
            decided.path == current.path, decided.operation == current.operation,
            decided.timestamp == patch.timestamp, decided.sender == patch.sender
        else { return nil }
        for effect in change.effects {
            switch effect {
            case .property(let property): if property.new == nil { return nil }
            case .added: break
            case .removed, .moved, .count: return nil
            }
        }
        var confirmed = change
        confirmed.patch = decided
        return confirmed
    }

    // MARK: What others did

    /// Follows what the server has put before this patch, as the server will carry it.
    ///
    /// - Parameter edits: the text edits in the change.
    mutating func follow(_ decided: Change, _ edits: [PropertyKey: TextEdit]) {
        // A patch without `base` is meant for the addresses and texts that the server finds.
        guard patch.base != nil else { return }
        if case .move(let target) = decided.patch.operation {
            carry(over: Relocation(from: decided.patch.path, to: target))
            rename(decided.effects)
        } else if !texts.isEmpty {
            for case .property(let property) in decided.effects { follow(property.key, edits[property.key]) }
        }
    }

    private mutating func carry(over move: Relocation) {
        guard let before = current else { return }
        let carried = before.carried(over: move)
        current = carried
        guard texts.count > 1 else { return }
        // Part of the value may have gone elsewhere, and stand behind the rest now.
        let addresses = before.textLeaves.map { move.carry(before.path.appending($0.way)) }
        let keys = Dictionary(zip(addresses, texts)) { one, _ in one }
        let ordered = carried.textLeaves.compactMap { keys[carried.path.appending($0.way)] }
        if ordered.count == texts.count { texts = ordered } else { current = nil }
    }

    /// A property that moves goes from one place and comes to another.
    private mutating func rename(_ effects: [Change.Effect]) {
        var keys: [PropertyKey] = []
        for case .property(let property) in effects { keys.append(property.key) }
        guard keys.count == 2 else { return }
        texts = texts.map { $0 == keys[0] ? keys[1] : $0 }
    }

    private mutating func follow(_ key: PropertyKey, _ edit: TextEdit?) {
        guard let place = texts.firstIndex(of: key), let patch = current, case .edit(let value) = patch.operation
        else { return }
        guard let edit else {
            current = nil
            return
        }
        var edits = patch.textLeaves.map(\.edit)
        edits[place] = edits[place].transformed(over: edit, admitted: .later)
        var rest = edits[...]
        current?.operation = .edit(value.replacingTextLeaves(by: &rest))
    }

    /// What happened to the texts within an address is not known.
    mutating func loseTexts(within path: TreePath) {
        if let patch = current, !texts.isEmpty, patch.path.isWithin(path) || path.isWithin(patch.path) {
            current = nil
        }
    }

    /// Gives the patch a form that means something in another order, whose places are of no use to the first.
    ///
    /// - Returns: `false` where there is none: it edits a text that is not known there.
    mutating func enterNewOrder() -> Bool {
        guard texts.isEmpty, let current else { return false }
        patch = current
        patch.base = nil
        self.current = patch
        return true
    }
}
