import TreenityProtocol

/// Where the connection stands, for the status line and for what may be sent.
enum ConnectionStatus: Sendable {
    case connecting(attempt: Int)
    case live(Session)
    case offline(reason: String, since: Timestamp, retryAt: Timestamp)
    case ended(reason: String)

    struct Session: Sendable {
        /// `nil`: the server speaks the bare protocol.
        var welcome: Welcome?
        /// Since when it stands.
        var since: Timestamp
        /// When the server said something last.
        var heard: Timestamp
        /// There and back, in milliseconds.
        var latency: Int64?
        /// Whether it owes an answer for longer than usual.
        var isSilent = false
    }

    var session: Session? {
        if case .live(let session) = self { session } else { nil }
    }

    /// Why there is none.
    var trouble: String? {
        switch self {
        case .offline(let reason, _, _), .ended(let reason): reason
        case .connecting, .live: nil
        }
    }

    mutating func fellSilent() {
        guard case .live(var session) = self else { return }
        session.isSilent = true
        self = .live(session)
    }

    /// The server has said something.
    mutating func heard(at now: Timestamp) {
        guard case .live(var session) = self else { return }
        session.heard = now
        self = .live(session)
    }

    /// - Returns: whether it was silent, and is no more.
    mutating func wasHeard() -> Bool {
        guard case .live(var session) = self, session.isSilent else { return false }
        session.isSilent = false
        self = .live(session)
        return true
    }
}

/// How many patches arrive.
struct Traffic: Sendable {
    private var count = 0
    private var since = Timestamp(milliseconds: 0)
    /// Patches in the last full second.
    private(set) var rate = 0
    /// That of the last seconds, the newest last.
    private(set) var rates: [Int] = []

    private static let mostRates = 20

    mutating func arrived(_ patches: Int) { count += patches }

    /// Seconds in which nobody asked were without patches, but for the last.
    private mutating func note(_ seconds: Int64) {
        for _ in 1..<min(max(seconds, 1), Int64(Traffic.mostRates)) { rates.append(0) }
        rates.append(rate)
        rates.removeFirst(max(0, rates.count - Traffic.mostRates))
    }

    mutating func clock(_ now: Timestamp) {
        let elapsed = now.milliseconds - since.milliseconds
        guard elapsed >= 1_000 else { return }
        rate = elapsed < 2_000 ? Int(Int64(count) * 1_000 / elapsed) : 0
        count = 0
        since = now
        note(elapsed / 1_000)
    }
}
