import Synchronization
import TreenityProtocol

/// What is counted while the server runs, for `GET /metrics`.
final class Metrics: Sendable {
    struct Counts: Sendable {
        var patches: [String: Int] = [:]
        var refusals: [String: Int] = [:]
        var bytesSent = 0
        var cutOff = 0
        var appendFailures = 0
        var entries = 0
        var append = Histogram()
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

    /// A reaction went out.
    func sent(_ duration: Duration) { counts.withLock { $0.fanOut.note(duration) } }

    func cutOff() { counts.withLock { $0.cutOff += 1 } }

    func decided(_ tally: Tally) {
        counts.withLock { counts in
            counts.patches.merge(tally.patches, uniquingKeysWith: +)
            counts.refusals.merge(tally.refusals, uniquingKeysWith: +)
        }
    }

    var current: Counts { counts.withLock { $0 } }
}

/// How many patches took effect, by operation, and how many proposals were refused, by code.
struct Tally: Hashable, Sendable {
    var patches: [String: Int] = [:]
    var refusals: [String: Int] = [:]
}

/// How long things took: a Prometheus histogram of seconds.
struct Histogram: Hashable, Sendable {
    /// The upper bounds of the buckets, in seconds: 100 µs and its doubles, up to 1.6 s.
    static let bounds = (0..<15).map { 0.000_1 * Double(1 << $0) }

    /// Of each bucket alone; the last one is for what took longer.
    private(set) var counts = Array(repeating: 0, count: bounds.count + 1)
    private(set) var sum = 0.0

    mutating func note(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        let place = Histogram.bounds.firstIndex { seconds <= $0 } ?? Histogram.bounds.count
        counts[place] += 1
        sum += seconds
    }
}
