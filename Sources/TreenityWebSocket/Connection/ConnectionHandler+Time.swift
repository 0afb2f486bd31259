import NIOCore
import NIOWebSocket

extension ConnectionHandler {
    func scheduleTick(_ context: ChannelHandlerContext) {
        schedule(context, at: machine.deadline) { self.tick(context) }
    }

    private func tick(_ context: ChannelHandlerContext) {
        switch machine.tick(at: context.eventLoop.now) {
        case .nothing: break
        case .ping(let payload): send(.ping, payload, context)
        case .quiet:
            context.fireChannelRead(wrapInboundOut(.event(.quiet)))
            context.fireChannelReadComplete()
        case .giveUp: return context.close(promise: nil)
        case .finish:
            perform(.finish, context)
            context.fireChannelReadComplete()
            return
        }
        if machine.isOpen { scheduleTick(context) }
    }

    /// The consumer has its time to come to the end, and the peer for its part of the handshake.
    func limitClosing(_ context: ChannelHandlerContext) {
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
