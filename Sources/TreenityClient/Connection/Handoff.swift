import Synchronization

/// Hands what comes to a consumer; whoever brings it waits where the consumer is slow.
///
/// One task takes, one task waits for room; any may add.
final class Handoff<Element: Waitable>: Sendable {
    private struct State {
        var backlog = Backlog<Element>()
        var taker: CheckedContinuation<[Element]?, Never>?
        var waiter: CheckedContinuation<Void, Never>?
        var isBounded = true
    }

    private let state = Mutex(State())

    /// Adds without waiting.
    func add(_ elements: [Element]) {
        change { $0.add(elements) }
    }

    /// There will be no more.
    func finish() {
        change { $0.finish() }
    }

    /// Nobody takes any more: whoever waits for room need not wait.
    func abandon() {
        state.withLock { state in
            state.backlog.finish()
            return state.waiter.take()
        }?.resume()
    }

    /// Whether whoever brings it waits at all where the consumer is slow.
    func setBounded(_ isBounded: Bool) {
        state.withLock { state in
            state.isBounded = isBounded
            return isBounded ? nil : state.waiter.take()
        }?.resume()
    }

    private func change(_ body: (inout Backlog<Element>) -> Void) {
        let (taker, events) = state.withLock { state in
            body(&state.backlog)
            let events = state.taker == nil ? nil : state.backlog.takeAll()
            let isOver = state.backlog.isFinished
            return (events != nil || isOver ? state.taker.take() : nil, events)
        }
        taker?.resume(returning: events)
    }

    /// All that waits, as soon as something does; `nil` at the end or when the task is cancelled.
    func takeAll() async -> [Element]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isDone, events, waiter) = state.withLock { state in
                    let events = state.backlog.takeAll()
                    let isDone = events != nil || state.backlog.isFinished || Task.isCancelled
                    if !isDone { state.taker = continuation }
                    return (isDone, events, state.waiter.take())
                }
                waiter?.resume()
                if isDone { continuation.resume(returning: events) }
            }
        } onCancel: {
            state.withLock { $0.taker.take() }?.resume(returning: nil)
        }
    }

    /// Returns when the consumer is no longer behind, or when the task is cancelled.
    func waitForRoom() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let hasRoom = state.withLock { state in
                    let hasRoom =
                        !state.isBounded || state.backlog.hasRoom || state.backlog.isFinished || Task.isCancelled
                    if !hasRoom { state.waiter = continuation }
                    return hasRoom
                }
                if hasRoom { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiter.take() }?.resume()
        }
    }
}
