/// How long things took: a Prometheus histogram of seconds.
struct Histogram: Hashable, Sendable {
    /// The upper bounds of the buckets, in seconds: 100 µs and its doubles, up to 1.6 s.
    static let bounds = (0..<15).map { 0.000_1 * Double(1 << $0) }

    /// Of each bucket alone; the last one is for what took longer.
    private(set) var counts = Array(repeating: 0, count: bounds.count + 1)
    private(set) var sum = 0.0

    /// How many were noted.
    var count: Int { counts.reduce(0, +) }

    mutating func note(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        let place = Histogram.bounds.firstIndex { seconds <= $0 } ?? Histogram.bounds.count
        counts[place] += 1
        sum += seconds
    }
}
