import NIOCore

/// The rules of one WebSocket connection, without the socket.
///
/// Open → finishing (nothing more is taken in; what came before is still worked on and answered) → closing (a close frame
/// went out; only the peer's leaving is awaited) → closed. Open → closing, where this end begins. Open → closed, where
/// the transport breaks or the peer falls silent.
struct ConnectionMachine: ~Copyable {
    /// What to do about a frame.
    enum FrameAction: Hashable, Sendable {
        case nothing
        case deliver(WebSocketMessage)
        case pong([UInt8])
        case report(roundTrip: Duration)
        /// Close as soon as the consumer has come so far; see ``ConnectionMachine/finish()``.
        case finish
        case disconnect
    }

    /// What is due as time passes.
    enum TickAction: Hashable, Sendable {
        case nothing
        case ping([UInt8])
        case quiet
        case giveUp
        /// As for a frame.
        case finish
    }

    /// What to do to close.
    enum CloseAction: Hashable, Sendable {
        case nothing
        /// Send the frame and wait, for a limited time, until the peer is gone.
        case sendAndWait(CloseReason)
        /// Send the frame and this end's last byte, and wait, for a limited time, until the peer is gone: what it still
        /// sends is taken from the socket, or else the frame could be lost with it.
        case sendAndHangUp(CloseReason)
        /// Send the frame and close the socket.
        case sendAndDisconnect(CloseReason)
        case disconnect
    }

    fileprivate enum State {
        case open
        case finishing(WebSocketEnd, CloseAction)
        case closing(WebSocketEnd)
        case closed(WebSocketEnd)
    }

    private let role: WebSocketRole
    private let acceptsBinary: Bool
    fileprivate var assembler: MessageAssembler
    fileprivate var heartbeat: Heartbeat
    /// Of a server alone: a client waits for whatever its server has to say, over however slow a line.
    fileprivate var pace: Pace?
    fileprivate var state = State.open

    init(_ role: WebSocketRole, _ configuration: WebSocketConfiguration, inflates: Bool, now: NIODeadline) {
        self.role = role
        acceptsBinary = configuration.acceptsBinary
        assembler = MessageAssembler(
            expectsMask: role == .server, maximumBytes: configuration.maximumMessageBytes, inflates: inflates)
        heartbeat = Heartbeat(
            interval: configuration.pingInterval, limit: configuration.silenceLimit,
            patience: configuration.pongLimit, answerLimit: configuration.answerLimit,
            firstPing: configuration.pingsAtOnce ? now : now + configuration.pingInterval, now: now)
        if role == .server {
            pace = Pace(slowest: configuration.slowestBytes, patience: configuration.slownessLimit, now: now)
        }
    }

    /// Whether the heart beats.
    var isOpen: Bool {
        if case .open = state { true } else { false }
    }

    /// Whether messages may still be sent.
    var takesMessages: Bool {
        switch state {
        case .open, .finishing: true
        case .closing, .closed: false
        }
    }

    /// Whether what comes is read only to see the peer leave.
    var isEnding: Bool {
        switch state {
        case .finishing, .closing: true
        case .open, .closed: false
        }
    }

    mutating func received(_ frame: Frame, at now: NIODeadline) -> FrameAction {
        switch state {
        case .closed, .finishing: return .nothing
        case .closing: return frame.kind == .close && role == .server ? .disconnect : .nothing
        case .open: break
        }
        switch assembler.receive(frame) {
        case .incomplete: return .nothing
        case .message(.binary) where !acceptsBinary:
            refuse(CloseReason(.unacceptableData, "only text messages are taken here"))
        case .message(let message):
            pace?.begin()
            return .deliver(message)
        case .ping(let payload): return .pong(payload)
        case .pong(let payload):
            guard let roundTrip = heartbeat.answered(payload, at: now) else { return .nothing }
            return .report(roundTrip: roundTrip)
        case .close(let reason):
            let answer = CloseReason(reason.code)
            // It is the server that closes the socket.
            let action = role == .server ? CloseAction.sendAndDisconnect(answer) : .sendAndWait(answer)
            state = .finishing(.closedByPeer(reason), action)
        case .failure(let reason): refuse(reason)
        }
        return .finish
    }

    /// The bytes are no frames.
    mutating func received(_ violation: Violation) -> FrameAction {
        guard isOpen else { return .nothing }
        refuse(violation.reason)
        return .finish
    }

    /// The consumer has worked on all that came before the end.
    mutating func finish() -> CloseAction {
        guard case .finishing(let end, let action) = state else { return .nothing }
        state = .closing(end)
        return action
    }

    /// This end wants to close, and to wait for the answer or not.
    mutating func closeRequested(_ reason: CloseReason, waits: Bool) -> CloseAction {
        switch state {
        case .closed: return .nothing
        case .finishing(let end, _) where !waits:
            state = .closing(end)
            return end.answer.map { .sendAndDisconnect($0) } ?? .disconnect
        case .finishing: return finish()
        case .closing: return waits ? .nothing : .disconnect
        case .open:
            state = .closing(.closedHere(reason))
            return waits ? .sendAndWait(reason) : .sendAndDisconnect(reason)
        }
    }

    /// The peer is gone or the transport broke; `problem` says how in plain words. Returns how the connection ended.
    mutating func disconnected(_ problem: String?) -> WebSocketEnd {
        switch state {
        case .open:
            let end = WebSocketEnd.lost(problem ?? "the connection was cut without a close frame")
            state = .closed(end)
            return end
        case .finishing(let end, _), .closing(let end), .closed(let end):
            state = .closed(end)
            return end
        }
    }

    fileprivate mutating func refuse(_ reason: CloseReason) {
        state = .finishing(.refused(reason), role == .server ? .sendAndHangUp(reason) : .sendAndWait(reason))
    }
}

extension ConnectionMachine {
    /// When ``tick(at:)`` is to be called next.
    var deadline: NIODeadline { min(heartbeat.deadline, pace?.deadline ?? heartbeat.deadline) }

    /// The transport is asked for bytes.
    mutating func startedReading(at now: NIODeadline) {
        heartbeat.startedWaiting(at: now)
        pace?.startedWaiting(at: now)
    }

    /// Bytes came, and are to be worked on.
    mutating func received(bytesAt now: NIODeadline) { pace?.stoppedWaiting(at: now) }

    /// So many bytes were worked on; those at the end may be the beginning of a frame.
    mutating func worked(on count: Int, isWithinFrame: Bool) {
        pace?.took(count, isWithinMessage: isWithinFrame || assembler.isWithinMessage)
    }

    /// A message went out. Returns whether ``deadline`` has changed.
    mutating func sent(at now: NIODeadline) -> Bool { isOpen && heartbeat.sent(at: now) }

    /// A read has ended.
    mutating func stoppedReading() { heartbeat.stoppedWaiting() }

    /// Time has passed.
    mutating func tick(at now: NIODeadline) -> TickAction {
        guard isOpen else { return .nothing }
        if pace?.isTooSlow(at: now) == true, let reason = pace?.reason {
            refuse(reason)
            return .finish
        }
        switch heartbeat.tick(at: now) {
        case .nothing: return .nothing
        case .ping(let payload): return .ping(payload)
        case .quiet: return .quiet
        case .giveUp:
            state = .closed(.silent)
            return .giveUp
        }
    }
}

extension WebSocketEnd {
    /// What the close frame says that answers it.
    fileprivate var answer: CloseReason? {
        switch self {
        case .closedByPeer(let reason): CloseReason(reason.code)
        case .refused(let reason), .closedHere(let reason): reason
        case .silent, .lost: nil
        }
    }
}
