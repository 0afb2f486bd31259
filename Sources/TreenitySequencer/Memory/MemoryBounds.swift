/// How much a sequencer remembers, beside the tree. Of each kind the oldest is forgotten first.
///
/// What is forgotten shows in verdicts, so that sequencers that are to agree need the same bounds.
public struct MemoryBounds: Hashable, Sendable {
    /// Moves over which later patches are carried; about 200 bytes each beside long paths. A patch whose `base` lies
    /// before a forgotten one is stale.
    public var moves = 65_536
    /// Properties and nodes written, by which the first text edit of a property is known to be of the text that is
    /// there; 64 bytes each. One whose `base` lies before a forgotten one is stale.
    public var writes = 65_536
    /// Text edits over which later ones of the same property are carried; a text edit whose `base` lies before a
    /// forgotten one of its property is stale.
    public var textEdits = 65_536
    /// The bytes of these edits.
    public var textEditBytes = 64 << 20
    /// Answers to patches and batches with an `id`, of all users; about 200 bytes each.
    public var answers = 1_000_000
    /// The same of one user, so that none can make others' be forgotten.
    public var answersPerUser = 100_000
    /// The bytes of the results of actions among them.
    public var resultBytes = 256 << 20

    /// The bounds as they stand beside each.
    public init() {}
}
