import NIOCore

/// Does in the pipeline what ``ConnectionMachine`` says: bytes come in, events go up; bytes go out as they are.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = Incoming
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What goes up.
    enum Incoming: Sendable {
        case event(WebSocketEvent)
        /// Nothing follows; the consumer answers with ``EndReached`` when it comes here.
        case end
    }

    /// The consumer has worked on everything.
    struct EndReached: Sendable {}

    /// Asks for the closing handshake; travels down the pipeline behind what was written before it.
    struct CloseRequest: Sendable {
        let reason: CloseReason
        let waits: Bool
    }

    /// How many bytes of messages one event carries, at least, where frames have to wait for the next: a read of
    /// compressed ones may hold a thousand times its size, and the consumer may be slow.
    static let fullBatch = 1 << 18

    let role: WebSocketRole
    let inflates: Bool
    let closingLimit: TimeAmount
    let ended: EventLoopPromise<WebSocketEnd>
    var decoder: FrameDecoder
    var machine: ConnectionMachine
    /// What the current read completed so far.
    var messages: [WebSocketMessage] = []
    var messageBytes = 0
    /// Whether frames wait until more is asked for.
    var holdsFrames = false
    var isAskedForMore = false
    /// Whether held frames are being served: what asks for more meanwhile is heard afterwards.
    var isServing = false
    /// The payload of the newest ping that had to wait for the peer to read.
    var owedPong: [UInt8]?
    var problem: String?
    var timer: Scheduled<Void>?

    init(
        _ role: WebSocketRole, _ configuration: WebSocketConfiguration, inflates: Bool, now: NIODeadline,
        ended: EventLoopPromise<WebSocketEnd>
    ) {
        self.role = role
        self.inflates = inflates
        self.ended = ended
        closingLimit = configuration.closingLimit
        decoder = FrameDecoder(maximumBytes: configuration.maximumFrameBytes(compressed: inflates))
        machine = ConnectionMachine(role, configuration, inflates: inflates, now: now)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        scheduleTick(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        ended.succeed(machine.disconnected(problem))
    }
}
