import TreenityProtocol
public import TreenitySequencer
public import TreenityStore

/// What a log comes to, read entry by entry: the tree, the order, and a verdict on each entry.
///
/// A value that looks at nothing but the entries: whoever reads the same log, from whichever state of it, comes to the same.
public struct Ledger: Sendable {
    /// The tree and the order after all entries read.
    public private(set) var sequencer: Sequencer
    /// The place of the last entry read.
    public private(set) var position: LogPosition
    private var entriesSinceCheckpoint = 0
    private var checkpoint: Checkpoint?

    /// A state from which reading can start.
    public struct Checkpoint: Sendable {
        /// The place up to which it is true.
        public let position: LogPosition
        /// The state.
        public let sequencer: Sequencer
    }

    /// From one checkpoint to the next there are at least so many entries, so that what is done for one stays little beside
    /// what is done for them.
    public static let checkpointEntries = 65_536

    /// Begins with a state of the log.
    ///
    /// - Parameters:
    ///   - sequencer: as all entries up to `position` made it.
    ///   - position: the place of the last of them.
    public init(_ sequencer: Sequencer, at position: LogPosition = .zero) {
        self.sequencer = sequencer
        self.position = position
    }

    /// The state as it is.
    public var current: Checkpoint { Checkpoint(position: position, sequencer: sequencer) }

    /// Decides on the next entry.
    ///
    /// - Parameter witness: sees what takes effect; what it saw of an entry that then is refused has not happened.
    /// - Complexity: that of the sequencer's decision.
    public mutating func read(_ placed: PlacedEntry, witness: Sequencer.Witness = { _, _ in }) -> Verdict {
        precondition(placed.position > position, "\(placed.position) was read before: at \(position) now")
        position = placed.position
        let entry = placed.entry
        let verdict =
            switch entry.content {
            case .proposal(let proposal):
                sequencer.admit(proposal, from: entry.sender, now: entry.received, witness: witness)
            case .completion(let completion):
                sequencer.admit(completion, from: entry.sender, now: entry.received, witness: witness)
            }
        countEntry()
        return verdict
    }

    /// A checkpoint comes when the entries since the last one are many beside the tree, which has to be written down whole.
    private mutating func countEntry() {
        entriesSinceCheckpoint += 1
        guard entriesSinceCheckpoint >= max(Ledger.checkpointEntries, sequencer.tree.nodeCount / 4) else { return }
        entriesSinceCheckpoint = 0
        checkpoint = current
    }

    /// The checkpoint that reading has come by since this was asked last; `nil`: none.
    public mutating func takeCheckpoint() -> Checkpoint? { checkpoint.take() }
}
