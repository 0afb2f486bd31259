import NIOCore
import TreenityWebSocket

/// Breaks the promise of a WebSocket when the connection fails before, with what it failed of.
final class FailureWatch: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let opened: EventLoopPromise<WebSocketConnection>

    init(_ opened: EventLoopPromise<WebSocketConnection>) {
        self.opened = opened
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        opened.fail(error)
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        opened.fail(ChannelError.eof)
        context.fireChannelInactive()
    }
}
