/// What sessions may ask for.
struct Limits: Hashable, Sendable {
    var maximumMessageBytes = 1 << 20
    var maximumBatch = 1_000
    var maximumSubscriptions = 256
    var maximumFound = 1_000
    var maximumHistory = 1_000
    /// About how many bytes a frame may have that says who looks where.
    var maximumPresenceBytes = 32 << 10
    /// Patches that make the tree larger are refused when it has so many nodes.
    var maximumNodes = Int.max
    /// How many patches a second one user may send, on average; `nil`: any number.
    var patchesPerSecond: Int?
    /// How many proposals of one session may wait for their verdicts before no more is read from it.
    var maximumUndecided = 1_000
    var maximumUndecidedBytes = 8 << 20
    /// The changes that are remembered, for sessions that resume.
    var historyBytes = 64 << 20
}
