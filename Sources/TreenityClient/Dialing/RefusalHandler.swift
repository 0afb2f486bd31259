import NIOCore
import NIOHTTP1

/// A server answered the upgrade with something else.
struct UpgradeRefused: Error {
    let status: HTTPResponseStatus
}

/// Breaks the promise of a WebSocket with the HTTP answer that came instead.
final class RefusalHandler<Value>: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let settled: EventLoopPromise<Value>

    init(_ settled: EventLoopPromise<Value>) {
        self.settled = settled
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) { settled.fail(UpgradeRefused(status: head.status)) }
    }
}
