import TreenityProtocol
import TreenityWebSocket

/// The client's side of the protocol over all its connections, without sockets and clocks.
///
/// Idle → connecting → greeting (the server speaks `treenity.v1`) → live → idle …,
/// connecting → loading (it does not; the tree is asked for) → bare → idle …, and from every state to idle when the
/// connection fails or ends. Whoever drives it waits between idle and the next attempt as told.
struct SessionMachine: Sendable {
    private enum State {
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
        case bare(StreamEvent)
    }

    /// What a burst of messages comes to.
    struct Step: Hashable, Sendable {
        var events: [StreamEvent] = []
        var send: ClientFrame?
    }

    /// What follows a connection.
    enum Sequel: Hashable, Sendable {
        case wait(Duration, StreamEvent)
        case end(StreamEvent)
    }

    private let subscription: Subscription
    private var backoff: Backoff
    private var state = State.idle
    private var attempt = 0
    /// The newest round trip that was measured before the session was live.
    private var earlyLatency: Duration?

    init(subscription: Subscription, randomness: any RandomNumberGenerator & Sendable) {
        self.subscription = subscription
        backoff = Backoff(randomness: randomness)
    }

    /// Whether a greeting is still awaited.
    var isGreeting: Bool {
        if case .greeting = state { true } else { false }
    }

    /// An attempt to connect begins.
    mutating func attemptBegan() -> StreamEvent {
        attempt += 1
        state = .connecting
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
        succeeded()
        return .bare(.state(.live(LiveSession(welcome: nil))))
    }

    /// The connection ended, for this reason.
    mutating func connectionEnded(_ reason: String) -> Sequel {
        state = .idle
        return retry(reason)
    }

    private mutating func retry(_ reason: String) -> Sequel {
        let delay = backoff.next()
        return .wait(delay, .state(.offline(reason: reason, retryAfter: delay)))
    }

    private mutating func succeeded() {
        backoff.reset()
        attempt = 0
    }
}

extension SessionMachine {
    /// A burst of messages came.
    mutating func received(_ messages: [WebSocketMessage]) -> Step {
        var step = Step()
        for message in messages {
            do throws(FrameError) {
                for frame in try ServerFrame.decode(message.bytes) { take(frame, into: &step) }
            } catch {
                step.events.append(.problem("a message of the server was skipped: \(error.refusal)"))
            }
        }
        return step
    }

    /// A ping was answered.
    mutating func measured(_ latency: Duration) -> [StreamEvent] {
        guard isGreeting else { return [.latency(latency)] }
        earlyLatency = latency
        return []
    }

    /// A bare server has answered the question for the tree.
    mutating func treeArrived(_ answer: TreeAnswer) -> [StreamEvent] {
        guard case .loading(let held) = state else { return [] }
        state = .bare(upTo: nil)
        var step = Step()
        switch answer {
        case .none: break
        case .unreadable(let problem): step.events.append(.problem(problem))
        case .tree(let tree, let seq):
            state = .bare(upTo: seq)
            step.events.append(.tree(tree, seq: seq))
        }
        take(held, into: &step)
        return step.events
    }

    private mutating func take(_ frame: ServerFrame, into step: inout Step) {
        switch (frame, isGreeting) {
        case (.welcome(let welcome), true): greet(welcome, into: &step)
        case (.welcome, false), (_, true):
            step.events.append(.problem("a message of the server was skipped: it came out of turn"))
        case (.patch(let patch), false): take([patch], into: &step)
        case (.batch(let patches), false): take(patches, into: &step)
        case (.snapshot(let snapshot), false): step.events.append(.snapshot(snapshot))
        case (.ack(let acknowledgement), false): step.events.append(.acknowledged(acknowledgement))
        case (.error(let id, let refusal), false): step.events.append(.refused(id: id, refusal))
        case (.resumed, false), (.at, false), (.result, false), (.history, false), (.found, false),
            (.presence, false):
            step.events.append(.frame(frame))
        }
    }

    private mutating func greet(_ welcome: Welcome, into step: inout Step) {
        state = .live
        succeeded()
        step.events.append(.state(.live(LiveSession(welcome: welcome))))
        if let latency = earlyLatency.take() { step.events.append(.latency(latency)) }
        step.send = .subscribe(subscription)
    }

    private mutating func take(_ patches: [Patch], into step: inout Step) {
        var patches = patches
        switch state {
        case .loading(var held):
            // Let go of first, so that the array grows in place.
            state = .loading(held: [])
            held += patches
            state = .loading(held: held)
            return
        case .bare(let known?): patches.removeAll { $0.seq.map { $0 <= known } ?? false }
        case .idle, .connecting, .greeting, .live, .bare(nil): break
        }
        guard !patches.isEmpty else { return }
        guard case .patches(var together)? = step.events.last else { return step.events.append(.patches(patches)) }
        step.events.removeLast()
        together += patches
        step.events.append(.patches(together))
    }
}
