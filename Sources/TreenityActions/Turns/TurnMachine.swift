/// Who runs and who waits, first come, first served.
///
/// A turn is wanted, then had, at once or after waiting, then given back. Who waits for one may leave instead.
struct TurnMachine {
    private let maximumRunning: Int
    private let maximumWaiting: Int
    private var running = 0
    private var waiting: [Ticket] = []
    private var lastTicket = 0

    /// Stands for one who wants a turn.
    struct Ticket: Hashable, Sendable {
        fileprivate let number: Int
    }

    init(running: Int, waiting: Int) {
        maximumRunning = running
        maximumWaiting = waiting
    }

    /// A ticket for the next one who comes.
    mutating func draw() -> Ticket {
        lastTicket += 1
        return Ticket(number: lastTicket)
    }

    enum Wanted: Equatable {
        case granted, waits, refused
    }

    /// Somebody wants a turn.
    mutating func want(_ ticket: Ticket) -> Wanted {
        if running < maximumRunning {
            running += 1
            return .granted
        }
        guard waiting.count < maximumWaiting else { return .refused }
        waiting.append(ticket)
        return .waits
    }

    /// Somebody's turn is over: whose it is now; `nil`: nobody waits.
    mutating func giveBack() -> Ticket? {
        precondition(running > 0, "a turn given back that nobody had")
        guard waiting.isEmpty else { return waiting.removeFirst() }
        running -= 1
        return nil
    }

    /// Somebody leaves who waits: `false` where it does not wait, or no longer.
    mutating func leave(_ ticket: Ticket) -> Bool {
        guard let place = waiting.firstIndex(of: ticket) else { return false }
        waiting.remove(at: place)
        return true
    }
}
