public import TreenitySequencer
public import TreenityStore

extension PatchLog {
    /// The state to start from. A log without any gets one first, with that tree, so that its epoch is durable.
    ///
    /// - Parameters:
    ///   - tree: what a new log begins with; `nil`: nothing. Of a log that has begun it is not asked for.
    ///   - epoch: the name of a new order.
    /// - Throws: ``LogFailure``, also where a state cannot be read.
    public func recover(
        bounds: MemoryBounds = MemoryBounds(), epoch: () -> String, tree: () -> Replica = { Replica() }
    ) async throws(LogFailure) -> Ledger {
        if let state = try await savedState() {
            do {
                return Ledger(try Sequencer(restoring: state.chunks, bounds: bounds), at: state.position)
            } catch {
                throw .damaged(error.description)
            }
        }
        guard try await end == .zero else { throw .damaged("the log has entries, and no state to start from") }
        let ledger = Ledger(Sequencer(tree: tree(), epoch: epoch(), bounds: bounds))
        try await save(stateAt: ledger.position, chunks: ledger.sequencer.stateChunks())
        return ledger
    }
}
