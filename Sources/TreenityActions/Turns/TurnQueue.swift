import Synchronization

/// The machine of turns behind its lock, with those who wait.
final class TurnQueue: Sendable {
    private struct State {
        var machine: TurnMachine
        var waiting: [TurnMachine.Ticket: CheckedContinuation<Bool, Never>] = [:]
    }

    private let state: Mutex<State>

    init(_ machine: TurnMachine) {
        state = Mutex(State(machine: machine))
    }

    func draw() -> TurnMachine.Ticket {
        state.withLock { $0.machine.draw() }
    }

    /// Tells the continuation whether its task got a turn, when that is settled.
    func enter(_ ticket: TurnMachine.Ticket, _ continuation: CheckedContinuation<Bool, Never>) {
        let answer: Bool? = state.withLock { state in
            // Looked at behind the lock: whoever cancels the task later finds it waiting.
            guard !Task.isCancelled else { return false }
            switch state.machine.want(ticket) {
            case .granted: return true
            case .refused: return false
            case .waits:
                state.waiting[ticket] = continuation
                return nil
            }
        }
        if let answer { continuation.resume(returning: answer) }
    }

    func leave(_ ticket: TurnMachine.Ticket) {
        let left = state.withLock { state in
            state.machine.leave(ticket) ? state.waiting.removeValue(forKey: ticket) : nil
        }
        left?.resume(returning: false)
    }

    func giveBack() {
        let next = state.withLock { state in
            state.machine.giveBack().flatMap { state.waiting.removeValue(forKey: $0) }
        }
        next?.resume(returning: true)
    }
}
