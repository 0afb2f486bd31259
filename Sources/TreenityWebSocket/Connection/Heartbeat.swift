import NIOCore

/// Pings in an even rhythm, and where an answer fails to come; measures the answers, and notices silence.
struct Heartbeat: Sendable {
    /// What is due.
    enum Action: Hashable, Sendable {
        case nothing
        case ping([UInt8])
        /// Nothing has come since the newest ping, for a while.
        case quiet
        case giveUp
    }

    private let interval: TimeAmount
    private let limit: TimeAmount
    private let patience: TimeAmount
    private let answerLimit: TimeAmount?
    private var nextPing: NIODeadline
    /// Since when bytes are asked for and none came; `nil` while nothing is read.
    private var waitingSince: NIODeadline?
    private var pings: UInt64 = 0
    /// When the newest ping went out, as long as it has no answer.
    private var pingedAt: NIODeadline?
    /// When to say that nothing has come since the newest ping.
    private var quietAt: NIODeadline?
    /// When to ask whether the peer is there, as nothing has come since something was sent.
    private var doubtAt: NIODeadline?

    /// - Parameters:
    ///   - limit: after how much silence the peer is given up.
    ///   - patience: after how long a ping without an answer is spoken of.
    ///   - answerLimit: after how long without an answer to what is sent a ping goes out before its time.
    init(
        interval: TimeAmount, limit: TimeAmount, patience: TimeAmount, answerLimit: TimeAmount? = nil,
        firstPing: NIODeadline, now: NIODeadline
    ) {
        self.answerLimit = answerLimit
        self.patience = patience
        self.interval = interval
        self.limit = limit
        self.nextPing = firstPing
        self.waitingSince = now
    }

    /// When ``tick(at:)`` is to be called next.
    var deadline: NIODeadline {
        min(duePing, waitingSince.map { $0 + limit } ?? duePing, quietAt ?? duePing)
    }

    /// The transport is asked for bytes.
    mutating func startedWaiting(at now: NIODeadline) {
        if waitingSince == nil { waitingSince = now }
    }

    /// Bytes came.
    mutating func stoppedWaiting() {
        waitingSince = nil
        quietAt = nil
        doubtAt = nil
    }

    /// Something went out that the peer may answer. Returns whether ``deadline`` has changed.
    mutating func sent(at now: NIODeadline) -> Bool {
        // A ping that is under way asks already.
        guard let answerLimit, doubtAt == nil, quietAt == nil, waitingSince != nil else { return false }
        doubtAt = now + answerLimit
        return now + answerLimit < nextPing
    }

    /// Time has passed.
    mutating func tick(at now: NIODeadline) -> Action {
        if let waitingSince, now - waitingSince >= limit { return .giveUp }
        if let due = quietAt, now >= due {
            quietAt = nil
            // What is not read cannot be heard.
            if waitingSince != nil { return .quiet }
        }
        guard now >= duePing else { return .nothing }
        nextPing = now + interval
        doubtAt = nil
        pings += 1
        pingedAt = now
        quietAt = now + patience
        return .ping(payload)
    }

    /// How long the newest ping took there and back, where the pong is its answer.
    mutating func answered(_ pong: [UInt8], at now: NIODeadline) -> Duration? {
        guard pong == payload, let sent = pingedAt.take() else { return nil }
        return Duration(now - sent)
    }

    private var duePing: NIODeadline { min(nextPing, doubtAt ?? nextPing) }

    private var payload: [UInt8] {
        withUnsafeBytes(of: pings.bigEndian) { Array($0) }
    }
}
