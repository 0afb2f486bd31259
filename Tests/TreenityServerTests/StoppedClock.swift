/// A clock on which those who sleep are woken one by one, by hand.
struct StoppedClock: Clock {
    typealias Instant = ContinuousClock.Instant
    typealias Duration = Swift.Duration

    let now = ContinuousClock().now
    let minimumResolution = Duration.zero
    private let wakes: AsyncStream<Void>
    private let waking: AsyncStream<Void>.Continuation

    init() {
        (wakes, waking) = AsyncStream.makeStream()
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        for await _ in wakes { return }
    }

    /// Wakes the next one who sleeps.
    func wake() { waking.yield() }
}
