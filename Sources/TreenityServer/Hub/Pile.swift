import Synchronization

/// What any task adds and one task takes, each time all of it.
final class Pile<Element: Sendable>: Sendable {
    private let machine = Mutex(PileMachine<Element, CheckedContinuation<Void, Never>>())

    /// Puts elements behind those that wait. Returns at once.
    func add(_ elements: [Element]) {
        guard !elements.isEmpty else { return }
        machine.withLock { $0.add(elements) }?.resume()
    }

    /// Gives everything that was added to `work`, piece after piece, until the task is cancelled or the pile is closed.
    func drain(_ work: ([Element]) async -> Void) async {
        await withTaskCancellationHandler {
            while true {
                let step = machine.withLock { $0.take() }
                step.finished.forEach { $0.resume() }
                switch step.action {
                case .work(let elements): await work(elements)
                case .sleep:
                    await withCheckedContinuation { waiter in
                        if !machine.withLock({ $0.sleep(waiter) }) { waiter.resume() }
                    }
                case .stop: return
                }
            }
        } onCancel: {
            close()
        }
    }

    /// Returns when at most so much of what was added so far still is to be worked on.
    func wait(untilAtMost count: Int) async {
        await withCheckedContinuation { waiter in
            if !machine.withLock({ $0.watch(waiter, untilAtMost: count) }) { waiter.resume() }
        }
    }

    /// Whether somebody waits for what was added to be worked on.
    var isAwaited: Bool { machine.withLock { $0.isAwaited } }

    /// Nothing is taken any more.
    func close() {
        machine.withLock { $0.close() }.forEach { $0.resume() }
    }

    /// How much was added and not yet worked on.
    var outstanding: Int { machine.withLock { $0.outstanding } }
}
