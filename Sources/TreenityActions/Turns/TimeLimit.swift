/// Ends what takes too long.
struct TimeLimit {
    private let limit: Duration
    private let clock: any Clock<Duration>

    init(_ limit: Duration, on clock: any Clock<Duration>) {
        self.limit = limit
        self.clock = clock
    }

    /// Runs a body, and cancels it when the time is up; then too it is waited for, and what it gives is given.
    func cancelling<Value: Sendable>(
        _ body: @escaping @Sendable () async -> Value
    ) async -> (value: Value, isLate: Bool) {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                try? await clock.sleep(for: limit)
                return nil
            }
            var isLate = false
            while let ended = await group.next() {
                group.cancelAll()
                if let value = ended { return (value, isLate) }
                isLate = !Task.isCancelled
            }
            preconditionFailure("a body ended without a value")
        }
    }
}
