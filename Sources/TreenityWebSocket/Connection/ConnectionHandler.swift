import Glibc
import NIOCore
import NIOWebSocket

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

    private let role: WebSocketRole
    private let closingLimit: TimeAmount
    private let ended: EventLoopPromise<WebSocketEnd>
    private var decoder: FrameDecoder
    private var machine: ConnectionMachine
    /// What the current read completed so far.
    private var messages: [WebSocketMessage] = []
    /// The payload of the newest ping that had to wait for the peer to read.
    private var owedPong: [UInt8]?
    private var problem: String?
    private var timer: Scheduled<Void>?

    init(
        _ role: WebSocketRole, _ configuration: WebSocketConfiguration, inflates: Bool, now: NIODeadline,
        ended: EventLoopPromise<WebSocketEnd>
    ) {
        self.role = role
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

// MARK: - Reading

extension ConnectionHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = context.eventLoop.now
        decoder.append(unwrapInboundIn(data))
        do throws(Violation) {
            while let frame = try decoder.next() { perform(machine.received(frame, at: now), context) }
        } catch {
            perform(machine.received(error), context)
        }
    }

    private func perform(_ action: ConnectionMachine.FrameAction, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing: break
        case .deliver(let message): messages.append(message)
        case .pong(let payload): pong(payload, context)
        case .report(let roundTrip): context.fireChannelRead(wrapInboundOut(.event(.roundTrip(roundTrip))))
        case .finish:
            deliver(context)
            context.fireChannelRead(wrapInboundOut(.end))
            limitClosing(context)
        case .disconnect: context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        machine.stoppedReading()
        deliver(context)
        context.fireChannelReadComplete()
        keepReadingWhileEnding(context)
    }

    func read(context: ChannelHandlerContext) {
        machine.startedReading(at: context.eventLoop.now)
        context.read()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deliver(context)
        timer?.cancel()
        ended.succeed(machine.disconnected(problem))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        problem = problem ?? describe(error)
        context.close(promise: nil)
    }

    private func deliver(_ context: ChannelHandlerContext) {
        guard !messages.isEmpty else { return }
        context.fireChannelRead(wrapInboundOut(.event(.messages(messages))))
        messages.removeAll()
    }

    /// A consumer that has stopped must not hide from us that the peer has left.
    private func keepReadingWhileEnding(_ context: ChannelHandlerContext) {
        if machine.isEnding { context.read() }
    }

    private func describe(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return error.errnoCode == ECONNRESET ? "the connection was reset by the peer" : error.description
    }
}

// MARK: - Writing

extension ConnectionHandler {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard machine.takesMessages else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        context.write(data, promise: promise)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        switch event {
        case is EndReached: perform(machine.finish(), context)
        case let request as CloseRequest:
            perform(machine.closeRequested(request.reason, waits: request.waits), context)
        default: return context.triggerUserOutboundEvent(event, promise: promise)
        }
        promise?.succeed()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, let payload = owedPong.take() { send(.pong, payload, context) }
        context.fireChannelWritabilityChanged()
    }

    /// A peer that pings and does not read gets one answer once it reads, for its newest ping.
    private func pong(_ payload: [UInt8], _ context: ChannelHandlerContext) {
        guard context.channel.isWritable else {
            owedPong = payload
            return
        }
        send(.pong, payload, context)
    }

    private func send(
        _ opcode: WebSocketOpcode, _ payload: [UInt8], _ context: ChannelHandlerContext,
        promise: EventLoopPromise<Void>? = nil
    ) {
        var buffer = context.channel.allocator.buffer(capacity: payload.count + 6)
        buffer.writeWebSocketFrame(opcode, payload: payload, mask: role == .client ? .random() : nil)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: promise)
    }

    private func perform(_ action: ConnectionMachine.CloseAction, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing: break
        case .disconnect: context.close(promise: nil)
        case .sendAndWait(let reason): sendClose(reason, context) {}
        case .sendAndHangUp(let reason): sendClose(reason, context) { context.close(mode: .output, promise: nil) }
        case .sendAndDisconnect(let reason):
            guard context.channel.isWritable else { return context.close(promise: nil) }
            sendClose(reason, context) { context.close(promise: nil) }
        }
    }

    private func sendClose(_ reason: CloseReason, _ context: ChannelHandlerContext, then next: @escaping () -> Void) {
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in next() }
        send(.connectionClose, reason.payload, context, promise: sent)
        limitClosing(context)
        keepReadingWhileEnding(context)
    }
}

// MARK: - Time

extension ConnectionHandler {
    private func scheduleTick(_ context: ChannelHandlerContext) {
        schedule(context, at: machine.deadline) { self.tick(context) }
    }

    private func tick(_ context: ChannelHandlerContext) {
        switch machine.tick(at: context.eventLoop.now) {
        case .nothing: break
        case .ping(let payload): send(.ping, payload, context)
        case .giveUp: return context.close(promise: nil)
        }
        if machine.isOpen { scheduleTick(context) }
    }

    /// The consumer has its time to come to the end, and the peer for its part of the handshake.
    private func limitClosing(_ context: ChannelHandlerContext) {
        schedule(context, at: context.eventLoop.now + closingLimit) {
            self.perform(self.machine.closeRequested(CloseReason(.normal), waits: false), context)
        }
    }

    /// There is one timer: the heartbeat's until the connection begins to end, then that of its end.
    private func schedule(_ context: ChannelHandlerContext, at deadline: NIODeadline, _ body: @escaping () -> Void) {
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline, body)
    }
}
