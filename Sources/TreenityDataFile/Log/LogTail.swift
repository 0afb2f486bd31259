import Synchronization
import TreenityLog

/// The end of the log: what was appended last, for those who follow it, so that they need not ask the file.
final class LogTail: Sendable {
    /// What a follower finds behind a place.
    enum Next: Sendable {
        case entries([PlacedEntry])
        /// More is durable, but only the file has it.
        case stored
        /// Nothing more is durable.
        case nothing
        case closed
    }

    private struct State {
        var end: LogPosition
        /// What was appended at once, in order, up to the end.
        var groups: [[PlacedEntry]] = []
        var count = 0
        var isClosed = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>
    /// So many entries are kept at hand.
    private static let capacity = 4_096

    init(end: LogPosition) {
        state = Mutex(State(end: end))
    }

    var end: LogPosition { state.withLock { $0.end } }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// These are durable now.
    func append(_ group: [PlacedEntry]) {
        guard let last = group.last else { return }
        let waiters = state.withLock { state in
            state.end = last.position
            state.groups.append(group)
            state.count += group.count
            while state.count > LogTail.capacity, state.groups.count > 1 {
                state.count -= state.groups.removeFirst().count
            }
            defer { state.waiters = [] }
            return state.waiters
        }
        waiters.forEach { $0.resume() }
    }

    func next(after position: LogPosition) -> Next {
        state.withLock { state in
            guard state.end > position else { return state.isClosed ? .closed : .nothing }
            let group = state.groups.first { ($0.last?.position ?? .zero) > position }
            guard let group, let first = group.first, first.position <= position.next else { return .stored }
            return .entries(first.position > position ? group : group.filter { $0.position > position })
        }
    }

    /// Returns when something was appended after a place, or nothing more will be.
    func wait(after position: LogPosition) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isDue = state.withLock { state in
                    if state.end > position || state.isClosed || Task.isCancelled { return true }
                    state.waiters.append(waiter)
                    return false
                }
                if isDue { waiter.resume() }
            }
        } onCancel: {
            // The others look, and wait again.
            wakeAll()
        }
    }

    /// Nothing is appended any more.
    func close() {
        state.withLock { $0.isClosed = true }
        wakeAll()
    }

    private func wakeAll() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        waiters.forEach { $0.resume() }
    }
}
