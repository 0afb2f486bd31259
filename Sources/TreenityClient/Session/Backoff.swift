/// How long to wait before the next attempt: doubling from 0.25 s to 30 s, of which a random half is taken off, so that
/// the clients of a server that comes back do not all come at once.
struct Backoff: Sendable {
    private static let first = Duration.milliseconds(250)
    private static let last = Duration.seconds(30)

    private var ceiling = first
    private var randomness: any RandomNumberGenerator & Sendable

    init(randomness: any RandomNumberGenerator & Sendable) {
        self.randomness = randomness
    }

    mutating func next() -> Duration {
        defer { ceiling = min(ceiling * 2, Backoff.last) }
        let chance = Double(randomness.next() >> 11) * 0x1p-53
        return ceiling * (1 - chance / 2)
    }

    mutating func reset() {
        ceiling = Backoff.first
    }
}
