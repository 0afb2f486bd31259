import NIOCore

/// How fast a message comes. A peer that begins one, and goes on with a byte now and then, is never silent, and has what
/// came kept for nothing.
///
/// Only time spent waiting for bytes counts: while nothing is read because the consumer is slow, the peer is not.
struct Pace: Sendable {
    private let slowest: Int
    private let patience: TimeAmount
    private var waitingSince: NIODeadline?
    /// How long the message at hand has been waited for, but for the present.
    private var waited = TimeAmount.zero
    private var bytes = 0
    private var isWithinMessage = false

    /// When ``isTooSlow(at:)`` is to be asked next, if nothing asks before.
    private(set) var deadline: NIODeadline

    /// - Parameters:
    ///   - slowest: how many bytes a second a message has to come with.
    ///   - patience: how long it may come as it likes.
    init(slowest: Int, patience: TimeAmount, now: NIODeadline) {
        self.slowest = slowest
        self.patience = patience
        waitingSince = now
        deadline = now + patience
    }

    /// The transport is asked for bytes.
    mutating func startedWaiting(at now: NIODeadline) {
        if waitingSince == nil { waitingSince = now }
    }

    /// Bytes came.
    mutating func stoppedWaiting(at now: NIODeadline) {
        guard let since = waitingSince.take(), isWithinMessage else { return }
        waited = waited + (now - since)
    }

    /// So many bytes were worked on, and now a message, or a frame, is begun and not ended.
    mutating func took(_ count: Int, isWithinMessage: Bool) {
        self.isWithinMessage = isWithinMessage
        guard isWithinMessage else { return begin() }
        bytes += count
    }

    /// A message has ended, and the next may have begun.
    mutating func begin() {
        waited = .zero
        bytes = 0
    }

    /// Why such a message is not waited for.
    var reason: CloseReason {
        CloseReason(.policyViolation, "a message comes slower than \(slowest) bytes a second")
    }

    /// Time has passed.
    mutating func isTooSlow(at now: NIODeadline) -> Bool {
        deadline = now + patience
        guard isWithinMessage else { return false }
        let time = waited + (waitingSince.map { now - $0 } ?? .zero)
        return time >= patience && Double(bytes) < Double(slowest) * Double(time.nanoseconds) / 1e9
    }
}
