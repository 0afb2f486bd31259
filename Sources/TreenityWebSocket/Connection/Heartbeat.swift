import NIOCore

/// Pings in an even rhythm, measures the answers, and notices silence.
struct Heartbeat: Sendable {
    /// What is due.
    enum Action: Hashable, Sendable {
        case nothing
        case ping([UInt8])
        case giveUp
    }

    private let interval: TimeAmount
    private let limit: TimeAmount
    private var nextPing: NIODeadline
    /// Since when bytes are asked for and none came; `nil` while nothing is read.
    private var waitingSince: NIODeadline?
    private var pings: UInt64 = 0
    /// When the newest ping went out, as long as it has no answer.
    private var pingedAt: NIODeadline?

    init(interval: TimeAmount, limit: TimeAmount, firstPing: NIODeadline, now: NIODeadline) {
        self.interval = interval
        self.limit = limit
        self.nextPing = firstPing
        self.waitingSince = now
    }

    /// When ``tick(at:)`` is to be called next.
    var deadline: NIODeadline {
        guard let waitingSince else { return nextPing }
        return min(nextPing, waitingSince + limit)
    }

    /// The transport is asked for bytes.
    mutating func startedWaiting(at now: NIODeadline) {
        if waitingSince == nil { waitingSince = now }
    }

    /// Bytes came.
    mutating func stoppedWaiting() {
        waitingSince = nil
    }

    /// Time has passed.
    mutating func tick(at now: NIODeadline) -> Action {
        if let waitingSince, now - waitingSince >= limit { return .giveUp }
        guard now >= nextPing else { return .nothing }
        nextPing = now + interval
        pings += 1
        pingedAt = now
        return .ping(payload)
    }

    /// How long the newest ping took there and back, where the pong is its answer.
    mutating func answered(_ pong: [UInt8], at now: NIODeadline) -> Duration? {
        guard pong == payload, let sent = pingedAt.take() else { return nil }
        return Duration(now - sent)
    }

    private var payload: [UInt8] {
        withUnsafeBytes(of: pings.bigEndian) { Array($0) }
    }
}
