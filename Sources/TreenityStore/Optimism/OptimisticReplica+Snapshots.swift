public import TreenityProtocol

extension OptimisticReplica {
    /// Takes in one chunk of a snapshot; the first one begins it.
    ///
    /// Pending edits stay, and are shown where they fit. What happened to the texts that they edit is not known, where
    /// the snapshot is of a later tree: such edits are not shown until the server answers.
    ///
    /// - Returns: what the whole snapshot changed, with its last chunk.
    public mutating func receive(_ chunk: Snapshot) -> SnapshotLoad.Summary? {
        var summary: SnapshotLoad.Summary?
        // Taken out, so that adding to it does not copy it.
        var load = loads.removeValue(forKey: chunk.id) ?? SnapshotLoad(path: chunk.path)
        takeBackPending()
        load.add(chunk.nodes, to: &tree)
        if chunk.seq > applied ?? .zero { loseTexts(within: chunk.path) }
        if chunk.more {
            loads[chunk.id] = load
        } else {
            load.finish(&tree)
            summary = load.summary
            finished(chunk)
        }
        applyPending()
        forgetAcknowledged()
        return summary
    }

    private mutating func loseTexts(within path: TreePath) {
        for place in pending.indices {
            for part in pending[place].patches.indices { pending[place].patches[part].loseTexts(within: path) }
        }
    }

    private mutating func finished(_ chunk: Snapshot) {
        applied = max(applied ?? .zero, chunk.seq)
        // Of a part of the tree, it says nothing of patches elsewhere.
        if chunk.path.isRoot { seen = max(seen, chunk.seq) }
    }
}
