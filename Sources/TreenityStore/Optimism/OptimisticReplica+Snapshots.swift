public import TreenityProtocol

/// Snapshots, of the whole tree or of parts, one after the other or several at once.
///
/// A server sends a snapshot of place N behind exactly the patches up to N that we see. So the tree is as old as the
/// snapshot when the first chunk comes, and must stay so until the last has come: patches that come between wait. A further
/// snapshot that begins while some wait belongs behind them, where the tree is not yet: it is passed over.
///
/// Should patches up to N come behind a snapshot of a part all the same, those within the part are passed over, as the part
/// has been told them. One that is about the part and others, such as a move across its border, is applied, and the part is
/// not loaded any more, and in doubt.
extension OptimisticReplica {
    /// Takes in one chunk of a snapshot; the first one begins it.
    ///
    /// Pending edits stay, and are shown where they fit. What happened to the texts that they edit is not known, where
    /// the snapshot is of a later tree: such edits are not shown until the server answers.
    ///
    /// - Parameter refining: the snapshot only brings more of a tree that patches keep true (``SnapshotLoad``): it answers
    ///   a subscription within another one, whose snapshot or `RESUMED` came on this connection.
    /// - Returns: what the whole snapshot changed, with its last chunk; ``receive(_:now:)`` then gives what has waited.
    public mutating func receive(_ chunk: Snapshot, refining: Bool = false) -> SnapshotLoad.Summary? {
        // Taken out, so that adding to it does not copy it.
        var load = loads.removeValue(forKey: chunk.id) ?? begin(chunk, refining)
        if !load.summary.isPassedOver { add(chunk, to: &load) }
        guard !chunk.more else {
            loads[chunk.id] = load
            return nil
        }
        doubts.answered(chunk.path)
        return load.summary
    }

    private func begin(_ chunk: Snapshot, _ refining: Bool) -> SnapshotLoad {
        var load = SnapshotLoad(path: chunk.path, refines: refining)
        load.summary.isPassedOver = !waiting.patches.isEmpty || refining && chunk.seq < seen
        return load
    }

    private mutating func add(_ chunk: Snapshot, to load: inout SnapshotLoad) {
        takeBackPending()
        load.add(chunk.nodes, to: &tree)
        if !load.summary.isPassedOver {
            if chunk.seq > applied ?? .zero { loseTexts(within: chunk.path) }
            if !chunk.more {
                load.finish(&tree)
                finished(chunk)
            }
        }
        applyPending()
        forgetAcknowledged()
    }

    private mutating func loseTexts(within path: TreePath) {
        for place in pending.indices {
            for part in pending[place].patches.indices { pending[place].patches[part].loseTexts(within: path) }
        }
    }

    private mutating func finished(_ chunk: Snapshot) {
        applied = max(applied ?? .zero, chunk.seq)
        // Of a part of the tree, it says nothing of patches elsewhere.
        if chunk.path.isRoot {
            seen = max(seen, chunk.seq)
        } else if chunk.seq > seen {
            ahead[chunk.path] = chunk.seq
        }
    }

    /// No further chunk of a snapshot will come, as its subscription was given up: what it was of is not loaded, and in
    /// doubt. ``receive(_:now:)`` then gives what has waited for it.
    public mutating func subscriptionEnded(_ id: String) {
        guard let load = loads.removeValue(forKey: id), !load.summary.isPassedOver else { return }
        takeBackPending()
        _ = tree.dropChildren(at: load.top)
        if let node = tree.node(at: load.top) { doubts.note([node]) }
        applyPending()
    }

    /// The tops of the snapshots that are under way: what is loaded there need not be all yet.
    public var loading: [TreePath] { loads.values.filter { !$0.summary.isPassedOver }.map(\.top) }

    /// Whether parts of the tree are still of an earlier time.
    var isRenewing: Bool { loads.values.contains { !$0.refines && !$0.summary.isPassedOver } }

    // MARK: What is folded

    /// Drops what lies below a node: ``Replica/unload(_:)``.
    ///
    /// - Returns: `false`: it stays, because a pending edit has to do with it, or a snapshot is under way there.
    /// - Complexity: O(number of nodes dropped), and that of applying the pending edits anew.
    @discardableResult
    public mutating func unload(_ node: NodeID) -> Bool {
        guard tree.contains(node) else { return false }
        let path = tree.path(of: node)
        guard !footprints.isNear(path), !loading.contains(where: { $0.isWithin(path) || path.isWithin($0) }) else {
            return false
        }
        takeBackPending()
        tree.unload(node)
        applyPending()
        return true
    }

    // MARK: What came ahead

    /// The parts of the tree that have been told more than this patch, and to which it does something together with others;
    /// `nil`: it does nothing but what they have been told.
    mutating func tornParts(by patch: Patch) -> [TreePath]? {
        guard !ahead.isEmpty, let seq = patch.seq else { return [] }
        ahead = ahead.filter { $0.value >= seq }
        guard !ahead.keys.contains(where: patch.isConfined) else { return nil }
        let torn = ahead.keys.filter(patch.reaches)
        for top in torn { ahead[top] = nil }
        return torn
    }
}

extension Patch {
    /// Whether all that it names lies within an address.
    fileprivate func isConfined(to top: TreePath) -> Bool { path.isWithin(top) && destination.isWithin(top) }

    /// Whether it may change something within an address.
    fileprivate func reaches(into top: TreePath) -> Bool {
        [path, destination].contains { $0.isWithin(top) || top.isWithin($0) }
    }
}

extension Replica {
    /// Leaves a node not loaded, and in doubt.
    mutating func dropChildren(at path: TreePath) -> [Change.Effect] {
        guard let slot = node(at: path)?.slot else { return [] }
        let count = ChildCount.exactly(childCount(of: id(slot))).doubted
        var effects: [Change.Effect] = []
        while records[Int(slot)].firstChild != .none {
            effects.append(.removed(takeOut(records[Int(slot)].firstChild, isTentative: false)))
        }
        let old = childCount(in: records[Int(slot)])
        setChildCount(count, of: slot)
        if old != count { effects.append(.count(CountChange(node: id(slot), old: old, new: count))) }
        return effects
    }
}
