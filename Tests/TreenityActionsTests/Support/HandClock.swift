import Synchronization

/// A clock that goes on when it is told to, and tells who sleeps by it.
final class HandClock: Clock {
    typealias Instant = ContinuousClock.Instant
    typealias Duration = Swift.Duration

    private struct State {
        var now = ContinuousClock().now
        var lastSleeper = 0
        var sleepers: [Int: (deadline: Instant, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

        mutating func readyWatchers() -> [CheckedContinuation<Void, Never>] {
            let ready = watchers.filter { $0.count == sleepers.count }
            watchers.removeAll { $0.count == sleepers.count }
            return ready.map(\.continuation)
        }
    }

    private let state = Mutex(State())
    let minimumResolution = Duration.zero

    var now: Instant { state.withLock(\.now) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let sleeper = state.withLock { state in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { lieDown(sleeper, deadline, $0) }
        } onCancel: {
            let cancelled = change { $0.sleepers.removeValue(forKey: sleeper)?.continuation }
            cancelled?.resume(throwing: CancellationError())
        }
    }

    private func lieDown(_ sleeper: Int, _ deadline: Instant, _ continuation: CheckedContinuation<Void, any Error>) {
        let isCancelled = change { state in
            guard !Task.isCancelled else { return true }
            state.sleepers[sleeper] = (deadline, continuation)
            return false
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
    }

    /// Changes the state, and tells those who watch for what it is then.
    private func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        let (value, ready) = state.withLock { state in
            let value = body(&state)
            return (value, state.readyWatchers())
        }
        ready.forEach { $0.resume() }
        return value
    }

    /// Waits until exactly so many sleep.
    func whenAsleep(_ count: Int) async {
        await withCheckedContinuation { continuation in
            change { $0.watchers.append((count, continuation)) }
        }
    }

    /// Lets time pass, and wakes those whose time has come.
    func advance(by duration: Duration) {
        let due = change { state in
            state.now += duration
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            due.keys.forEach { state.sleepers[$0] = nil }
            return due.values.map(\.continuation)
        }
        due.forEach { $0.resume() }
    }
}
