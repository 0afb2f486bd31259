import Synchronization
import TreenityProtocol
import TreenityWebSocket

/// Who is in by which token, and sees to it that they leave when it is good no more.
final class GuestBook: Sendable {
    /// How a guest is made to leave.
    typealias Exit = @Sendable (CloseReason) -> Void

    private let machine: Mutex<GuestBookMachine<Exit>>
    private let clock: @Sendable () -> Timestamp
    private let pacer: any Clock<Duration>
    /// Yields when there may be an earlier expiry to wait for, and when one was reached.
    private let changes: AsyncStream<Void>
    private let changed: AsyncStream<Void>.Continuation

    init(_ credentials: Credentials?, clock: @escaping @Sendable () -> Timestamp, pacer: any Clock<Duration>) {
        machine = Mutex(GuestBookMachine(credentials))
        self.clock = clock
        self.pacer = pacer
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// What is known of tokens now; `nil`: nobody has to prove anything.
    var credentials: Credentials? { machine.withLock { $0.credentials } }

    /// Other tokens are known from here on; who came in by one that was taken back or changed has to leave.
    func replace(_ credentials: Credentials) {
        let departures = machine.withLock { $0.replace(credentials, at: clock()) }
        departures.forEach { $0.exit($0.reason) }
        changed.yield()
    }

    /// Somebody comes in.
    ///
    /// - Returns: the number by which to ``leave(_:)``.
    func enter(_ identity: Identity, exit: @escaping Exit) -> Int {
        let (entry, isHastened) = machine.withLock { machine in
            let isHastened = machine.isHastened(by: identity)
            return (machine.enter(identity, exit, at: clock()), isHastened)
        }
        if let departure = entry.departure { departure.exit(departure.reason) }
        if isHastened { changed.yield() }
        return entry.number
    }

    /// Somebody has left.
    func leave(_ number: Int) {
        machine.withLock { $0.leave(number) }
    }

    /// Makes those leave whose time is over, until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await _ in changes {
                let (departures, next) = machine.withLock { machine in
                    let now = clock()
                    return (machine.departures(at: now), machine.setAlarm(at: now))
                }
                departures.forEach { $0.exit($0.reason) }
                guard let next else { continue }
                group.addTask {
                    try? await self.pacer.sleep(for: .milliseconds(next.sleep))
                    self.machine.withLock { $0.ring(next.alarm) }
                    self.changed.yield()
                }
            }
            group.cancelAll()
        }
    }
}
