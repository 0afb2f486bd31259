import Logging
import NIOCore
import NIOWebSocket
import TreenityProtocol
import TreenitySequencer
import TreenityStore
import TreenityWebSocket

/// Where all connections meet: lets the ``Exchange`` decide, and puts what follows into the peers' boxes.
actor Hub {
    private var exchange: Exchange
    private var outboxes: [SessionID: Outbox] = [:]
    private var randomness: any RandomNumberGenerator & Sendable
    private let clock: @Sendable () -> Timestamp
    private let logger: Logger

    /// Yields when somebody has begun to look elsewhere; what was not taken yet is one.
    nonisolated let presenceMoves: AsyncStream<Void>
    private let presenceMoved: AsyncStream<Void>.Continuation

    init(
        tree: Replica, limits: Limits, clock: @escaping @Sendable () -> Timestamp,
        randomness: any RandomNumberGenerator & Sendable, logger: Logger
    ) {
        var randomness = randomness
        let epoch = randomness.token()
        exchange = Exchange(Sequencer(tree: tree, epoch: epoch), limits: limits)
        self.clock = clock
        self.randomness = randomness
        self.logger = logger
        (presenceMoves, presenceMoved) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    // MARK: Connections

    /// A connection stands; all for it goes into the box from here on.
    func connect(_ dialect: Session.Dialect, _ outbox: Outbox) -> SessionID {
        let session = Session(dialect, name: randomness.token())
        let (id, reaction) = exchange.connect(session, now: clock())
        outboxes[id] = outbox
        perform(reaction)
        return id
    }

    /// Handles what one connection sent at once.
    func receive(_ frames: [Result<ClientFrame, FrameError>], from id: SessionID) {
        perform(exchange.receive(frames, from: id, now: clock()))
    }

    /// A connection has ended, or its peer was cut off.
    func disconnect(_ id: SessionID) {
        outboxes[id] = nil
        perform(exchange.disconnect(id))
    }

    /// How many connections take part.
    var connectionCount: Int { outboxes.count }

    /// Tells every session who looks where.
    func broadcastPresence() {
        perform(exchange.presences())
    }

    // MARK: Inside of the server

    /// Decides on patches, each alone.
    func submit(_ patches: [Patch], user: String) -> [Result<Answer, Refusal>] {
        let (answers, deliveries) = exchange.submit(patches, user: user, now: clock())
        deliveries.forEach(perform)
        return answers
    }

    /// The tree as it is, and the place in the order that it is true for. O(1): it shares the storage.
    var state: (tree: Replica, seq: SequenceNumber) { (exchange.sequencer.tree, exchange.sequencer.seq) }

    // MARK: Effects

    private func perform(_ reaction: Reaction) {
        reaction.deliveries.forEach(perform)
        if reaction.movesPresence { presenceMoved.yield() }
        for refusal in reaction.unanswered {
            logger.debug("a patch on a bare connection was refused", metadata: ["reason": "\(refusal)"])
        }
    }

    /// Encodes once for all recipients.
    private func perform(_ delivery: Delivery) {
        let item: Outbox.Item
        switch delivery.content {
        case .made(let source): item = .made(source)
        case .frames(let frames):
            var pack = ByteBuffer()
            for frame in frames { pack.writeWebSocketFrame(.text, payload: frame.encoded()) }
            item = .packed(pack)
        }
        for id in delivery.recipients where outboxes[id]?.add(item) == false { disconnect(id) }
    }
}

extension RandomNumberGenerator {
    /// 64 random bits as text.
    fileprivate mutating func token() -> String {
        let digits = String(next(), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
