import NIOCore
import NIOHTTP1
import TreenityWebSocket

/// Breaks the promise of a WebSocket with the HTTP answer that came instead.
final class RefusalHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let opened: EventLoopPromise<WebSocketConnection>

    init(_ opened: EventLoopPromise<WebSocketConnection>) {
        self.opened = opened
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        opened.fail(Failure("the server answers HTTP \(head.status.code) instead of a WebSocket"))
    }
}
