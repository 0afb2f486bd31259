/// Wakes every sleeper at once, after others had their turn.
public struct ImpatientClock: Clock {
    /// As the real clock.
    public typealias Instant = ContinuousClock.Instant

    /// The only kind.
    public init() {}

    /// The real one.
    public var now: Instant { ContinuousClock.now }
    /// There is none.
    public var minimumResolution: Duration { .zero }

    /// Returns as soon as others had their turn.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        await Task.yield()
        try Task.checkCancellation()
    }
}
