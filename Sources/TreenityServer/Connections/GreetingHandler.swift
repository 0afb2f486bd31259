import NIOCore
import NIOWebSocket

/// Closes a new connection that takes too long to say what it wants, or says what nobody understands. Leaves when it has
/// said it.
final class GreetingHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let limit: TimeAmount
    private var deadline: Scheduled<Void>?

    init(limit: TimeAmount) {
        self.limit = limit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A refused upgrade is answered as HTTP; what is no HTTP has been answered before.
        guard !(error is NIOWebSocketUpgradeError) else { return context.fireErrorCaught(error) }
        context.close(promise: nil)
    }
}
