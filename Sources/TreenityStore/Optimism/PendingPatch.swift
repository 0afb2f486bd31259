public import TreenityProtocol

/// One of the user's own edits that the server has not answered yet.
public struct PendingPatch: Sendable {
    /// The edit.
    public let patch: Patch
    /// What it does to the tree as it is; `nil` where it can do nothing there any more.
    public private(set) var change: Change?
    /// The identities of nodes that it adds, while it is taken back.
    private(set) var reserved: [Birthplace: NodeID] = [:]

    init(patch: Patch, change: Change) {
        self.patch = patch
        self.change = change
    }

    /// Whether this is the edit that the server now sends on: by `id`, or, from a server that drops ids, by content.
    func isConfirmed(by other: Patch) -> Bool {
        if let id = other.id { return id == patch.id }
        return other.path == patch.path && other.operation == patch.operation && other.timestamp == patch.timestamp
    }

    mutating func takeBack(from tree: inout Replica) {
        guard let change else { return }
        reserved = tree.births(of: change)
        tree.takeBack(change, reserving: Set(reserved.values))
        self.change = nil
    }

    mutating func applyAgain(to tree: inout Replica) {
        let now = patch.timestamp ?? tree.newest
        do {
            change = try tree.apply(patch, rule: .admission, now: now, reusing: reserved, isTentative: true)
            reserved = [:]
        } catch {
            // It does not fit the tree any more; the server will say so, and the edit stays listed until then.
            change = nil
        }
    }
}

/// A patch that came from the server, and what became of it here.
public struct Received: Sendable {
    /// The patch.
    public let patch: Patch
    /// What it did, or why it could not be applied.
    public let outcome: Result<Change, Refusal>
}
