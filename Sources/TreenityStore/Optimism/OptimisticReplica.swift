public import TreenityProtocol

/// A replica that shows the user's own edits at once, before the server has decided on them.
///
/// It is the confirmed tree with the pending patches applied on top. What the server sends is applied to the confirmed
/// tree: the pending patches are taken back, and then applied again on what is there now.
public struct OptimisticReplica: Sendable {
    /// The tree as the user sees it.
    public private(set) var tree = Replica()

    /// Edits without an answer yet, oldest first.
    public private(set) var pending: [PendingPatch] = []

    /// Snapshots under way, by the subscriptions that they answer.
    private var loads: [String: SnapshotLoad] = [:]

    /// An empty tree without edits.
    public init() {}

    // MARK: Own edits

    /// Applies one of the user's own edits, which the server still has to decide on.
    ///
    /// - Precondition: the patch has an `id`.
    /// - Throws: ``Refusal`` where the edit is impossible already here; nothing is pending then.
    public mutating func edit(_ patch: Patch, now: Timestamp) throws(Refusal) -> Change {
        precondition(patch.id != nil, "a pending patch is recognised by its id")
        let change = try tree.apply(patch, rule: .admission, now: now, reusing: [:], isTentative: true)
        pending.append(PendingPatch(patch: patch, change: change))
        return change
    }

    /// The time for an edit made now: after everything that its user could have seen, whatever the clock says.
    public func timestamp(now: Timestamp) -> Timestamp {
        max(now, Timestamp(milliseconds: min(tree.newest.milliseconds, .max - 1) + 1))
    }

    /// The server has answered: its own patches have come before, so that what is still pending had no effect.
    ///
    /// - Returns: the edit that was pending, if any.
    public mutating func settle(_ id: String) -> PendingPatch? {
        guard let place = pending.firstIndex(where: { $0.patch.id == id }) else { return nil }
        var settled: PendingPatch?
        onConfirmedTree { _, pending in settled = pending.remove(at: place) }
        if let settled { tree.release(settled.reserved) }
        return settled
    }

    // MARK: What the server decided

    /// Applies patches in the server's order.
    ///
    /// - Returns: what each did to the confirmed tree, or why it could not be applied.
    public mutating func receive(_ patches: [Patch], now: Timestamp) -> [Received] {
        guard !pending.isEmpty else { return patches.map { OptimisticReplica.apply($0, to: &tree, reusing: [:], now) } }
        var received: [Received] = []
        onConfirmedTree { tree, pending in
            for patch in patches {
                var reserved: [Birthplace: NodeID] = [:]
                if let place = pending.firstIndex(where: { $0.isConfirmed(by: patch) }) {
                    reserved = pending.remove(at: place).reserved
                }
                received.append(OptimisticReplica.apply(patch, to: &tree, reusing: reserved, now))
            }
        }
        return received
    }

    private static func apply(
        _ patch: Patch, to tree: inout Replica, reusing reserved: [Birthplace: NodeID], _ now: Timestamp
    ) -> Received {
        let rule: ApplyRule = patch.seq == nil ? .merge : .decided
        do {
            let change = try tree.apply(patch, rule: rule, now: now, reusing: reserved, isTentative: false)
            return Received(patch: patch, outcome: .success(change))
        } catch {
            tree.release(reserved)
            return Received(patch: patch, outcome: .failure(error))
        }
    }

    // MARK: Snapshots

    /// Takes in one chunk of a snapshot; the first one begins it.
    ///
    /// - Returns: what the whole snapshot changed, with its last chunk.
    public mutating func receive(_ chunk: Snapshot) -> SnapshotLoad.Summary? {
        var summary: SnapshotLoad.Summary?
        // Taken out, so that adding to it does not copy it.
        var load = loads.removeValue(forKey: chunk.id) ?? SnapshotLoad(path: chunk.path)
        onConfirmedTree { tree, _ in
            load.add(chunk.nodes, to: &tree)
            if !chunk.more {
                load.finish(&tree)
                summary = load.summary
            }
        }
        if chunk.more { loads[chunk.id] = load }
        return summary
    }

    /// The connection is gone: the snapshots that were under way will begin anew.
    public mutating func connectionLost() {
        loads = [:]
    }

    // MARK: The confirmed tree

    /// The tree as the server has it, without the edits that are pending: a copy, which shares storage.
    ///
    /// Nodes that are only pending are not in it; all others have the same identities. O(what the pending edits did).
    public var confirmed: Replica {
        var tree = tree
        for edit in pending.reversed() {
            tree.release(edit.reserved)
            if let change = edit.change { tree.revert(change) }
        }
        return tree
    }

    /// Runs `body` on the tree without the pending patches, which are applied again afterwards.
    private mutating func onConfirmedTree(_ body: (inout Replica, inout [PendingPatch]) -> Void) {
        for place in pending.indices.reversed() { pending[place].takeBack(from: &tree) }
        body(&tree, &pending)
        for place in pending.indices { pending[place].applyAgain(to: &tree) }
    }
}
