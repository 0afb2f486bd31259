import NIOCore
import NIOWebSocket

extension ConnectionHandler {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard machine.takesMessages else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        context.write(data, promise: promise)
        if machine.sent(at: context.eventLoop.now) { scheduleTick(context) }
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
    func pong(_ payload: [UInt8], _ context: ChannelHandlerContext) {
        guard context.channel.isWritable else {
            owedPong = payload
            return
        }
        send(.pong, payload, context)
    }

    func send(
        _ opcode: WebSocketOpcode, _ payload: [UInt8], _ context: ChannelHandlerContext,
        promise: EventLoopPromise<Void>? = nil
    ) {
        var buffer = context.channel.allocator.buffer(capacity: payload.count + 6)
        buffer.writeWebSocketFrame(opcode, payload: payload, mask: role == .client ? .random() : nil)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: promise)
    }

    func perform(_ action: ConnectionMachine.CloseAction, _ context: ChannelHandlerContext) {
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
