import TreenityProtocol

/// What came between the chunks of a snapshot, and waits for the last one.
struct WaitingPatches: Sendable {
    var patches: [Patch] = []
    /// Up to where all has come, as was said behind the patches.
    var reached: SequenceNumber?

    /// Takes out what has waited, with these patches behind it.
    mutating func taken(before later: [Patch]) -> (patches: [Patch], reached: SequenceNumber?) {
        guard !patches.isEmpty else { return (later, nil) }
        defer { self = WaitingPatches() }
        return (patches + later, reached)
    }
}
