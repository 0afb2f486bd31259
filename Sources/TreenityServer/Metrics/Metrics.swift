import Synchronization

/// What is counted while the server runs.
final class Metrics: Sendable {
    /// The counts at a moment.
    struct Counts: Hashable, Sendable {
        var tally = Tally()
        /// What was written down, and how often that failed.
        var entries = 0
        var appendFailures = 0
        /// Peers that did not keep up.
        var cutOff = 0
        /// How long it took to make entries durable.
        var append = Histogram()
        /// How long it took from the decision until everyone's socket was written to.
        var fanOut = Histogram()
    }

    private let counts = Mutex(Counts())

    func appended(_ entries: Int, in duration: Duration) {
        counts.withLock {
            $0.entries += entries
            $0.append.note(duration)
        }
    }

    func appendFailed() { counts.withLock { $0.appendFailures += 1 } }

    /// What followed from decisions went out.
    func sent(_ duration: Duration) { counts.withLock { $0.fanOut.note(duration) } }

    func cutOff() { counts.withLock { $0.cutOff += 1 } }

    func decided(_ tally: Tally) {
        counts.withLock { counts in
            counts.tally.patches.merge(tally.patches, uniquingKeysWith: +)
            counts.tally.refusals.merge(tally.refusals, uniquingKeysWith: +)
        }
    }

    var current: Counts { counts.withLock { $0 } }
}
