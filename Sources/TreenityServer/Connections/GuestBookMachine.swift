import TreenityProtocol
import TreenityWebSocket

/// The rules of a ``GuestBook``, without its lock.
struct GuestBookMachine<Exit> {
    /// Somebody who has to leave, by which way, and why.
    typealias Departure = (exit: Exit, reason: CloseReason)

    /// What is known of tokens now; `nil`: nobody has to prove anything.
    private(set) var credentials: Credentials?
    private var guests: [Int: (identity: Identity, exit: Exit)] = [:]
    private var lastNumber = 0
    /// When somebody looks at the clock next, to see who has to leave.
    private var alarm: Timestamp?

    /// The clock of dates may be set: it is looked at again after so many milliseconds at the latest.
    private static var longestSleep: Int64 { 60_000 }

    init(_ credentials: Credentials?) {
        self.credentials = credentials
    }

    /// Somebody comes in. The departure is theirs where what they proved was taken back just now.
    mutating func enter(_ identity: Identity, _ exit: Exit, at now: Timestamp) -> (number: Int, departure: Departure?) {
        lastNumber += 1
        guests[lastNumber] = (identity, exit)
        return (lastNumber, credentials?.end(of: identity, at: now).map { (exit, $0) })
    }

    /// Whether the clock has to be looked at sooner because of somebody who comes in.
    func isHastened(by identity: Identity) -> Bool {
        guard let expiry = identity.expiry?.moment else { return false }
        return alarm.map { expiry < $0 } ?? true
    }

    /// Somebody has left.
    mutating func leave(_ number: Int) { guests[number] = nil }

    /// Other tokens are known. Returns who has to leave.
    mutating func replace(_ credentials: Credentials, at now: Timestamp) -> [Departure] {
        self.credentials = credentials
        return departures(at: now)
    }

    /// Who has to leave.
    func departures(at now: Timestamp) -> [Departure] {
        guard let credentials else { return [] }
        return guests.values.compactMap { guest in
            credentials.end(of: guest.identity, at: now).map { (guest.exit, $0) }
        }
    }

    /// Somebody has to sleep so many milliseconds, then to ``ring(_:)`` and to look who has to leave; `nil`: nobody has, or
    /// somebody does already.
    mutating func setAlarm(at now: Timestamp) -> (alarm: Timestamp, sleep: Int64)? {
        guard let credentials else { return nil }
        // The others are leaving.
        let staying = guests.values.lazy.map(\.identity).filter { credentials.end(of: $0, at: now) == nil }
        guard let expiry = credentials.nextExpiry(of: staying) else { return nil }
        let sleep = min(expiry.milliseconds - now.milliseconds, Self.longestSleep)
        let next = Timestamp(milliseconds: now.milliseconds + sleep)
        if let alarm, alarm <= next { return nil }
        alarm = next
        return (next, sleep)
    }

    /// Somebody has slept until the alarm, by a clock of their own.
    mutating func ring(_ alarm: Timestamp) {
        // Another was set where the next expiry came to be sooner.
        if self.alarm == alarm { self.alarm = nil }
    }
}
