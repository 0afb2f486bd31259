import TreenityProtocol

/// The client's side of the protocol over all its connections, without sockets and clocks.
///
/// Idle → connecting → greeting (the server speaks `treenity.v1`) → live → idle …,
/// connecting → loading (it does not; the tree is asked for) → bare → idle …, and from every state to idle when the
/// connection fails or ends. Whoever drives it waits between idle and the next attempt as told.
struct SessionMachine: Sendable {
    enum State {
        case idle
        case connecting
        case greeting
        case live
        /// What came while the tree was under way.
        case loading(held: [Patch])
        /// Which patches the tree held already: they may still come, over the other connection.
        case bare(upTo: SequenceNumber?)
    }

    /// What a new connection begins with.
    enum Opening: Hashable, Sendable {
        /// The server will greet.
        case session
        /// The tree is to be asked for.
        case bare(SessionEvent)
    }

    /// What follows a connection.
    enum Sequel: Hashable, Sendable {
        case wait(Duration, SessionEvent)
        case end(SessionEvent)
    }

    /// What an impatient user's wish comes to.
    enum Demand: Hashable, Sendable {
        case nothing
        case endWait
        case hangUp
    }

    var state = State.idle
    var subscriptions = Subscriptions()
    /// Of the connection that stands.
    var session: LiveSession?
    var isSilent = false
    /// The newest round trip that was measured before the session was live.
    var earlyLatency: Duration?
    private var backoff: Backoff
    private var attempt = 0
    private var isImpatient = false

    init(randomness: any RandomNumberGenerator & Sendable) {
        backoff = Backoff(randomness: randomness)
    }

    /// Whether a greeting is still awaited.
    var isGreeting: Bool {
        if case .greeting = state { true } else { false }
    }

    // MARK: Attempts

    /// An attempt to connect begins.
    mutating func attemptBegan() -> SessionEvent {
        attempt += 1
        state = .connecting
        isImpatient = false
        earlyLatency = nil
        return .state(.connecting(attempt: attempt))
    }

    /// The attempt failed.
    mutating func attemptFailed(_ failure: ConnectionFailure) -> Sequel {
        state = .idle
        return failure.isFinal ? .end(.state(.ended(reason: failure.reason))) : retry(failure.reason)
    }

    /// The WebSocket stands, with the subprotocol that the server chose.
    mutating func connected(subprotocol: String?) -> Opening {
        guard subprotocol != protocolVersion else {
            state = .greeting
            return .session
        }
        state = .loading(held: [])
        return .bare(succeeded(with: nil))
    }

    /// The connection ended, for this reason.
    mutating func connectionEnded(_ reason: String) -> Sequel {
        state = .idle
        session = nil
        isSilent = false
        subscriptions.closed()
        return retry(reason)
    }

    /// The user does not want to wait: neither for the next attempt nor for a server that may be gone.
    mutating func demanded() -> Demand {
        switch state {
        case .idle: return .endWait
        case .connecting: return .nothing
        case .greeting, .live, .loading, .bare:
            isImpatient = true
            return .hangUp
        }
    }

    mutating func succeeded(with welcome: Welcome?) -> SessionEvent {
        backoff.reset()
        attempt = 0
        let session = LiveSession(welcome: welcome)
        self.session = session
        return .state(.live(session))
    }

    private mutating func retry(_ reason: String) -> Sequel {
        let delay = isImpatient ? .zero : backoff.next()
        return .wait(delay, .state(.offline(reason: reason, retryAfter: delay)))
    }
}

// MARK: - Subscriptions

extension SessionMachine {
    /// Wants the patches of a subtree, or its snapshot once.
    mutating func subscribe(_ subscription: Subscription, once: Bool) -> [ClientFrame] {
        subscriptions.add(subscription, once: once)
    }

    /// Wants a subscription no more.
    mutating func unsubscribe(_ id: String) -> [ClientFrame] {
        subscriptions.remove(id)
    }
}
