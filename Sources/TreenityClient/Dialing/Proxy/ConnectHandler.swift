import NIOCore
import NIOHTTP1

/// Asks a proxy for a way to a server (`CONNECT`, RFC 9110, section 9.3.6).
///
/// NIOExtras has such a handler, which does not tell what a proxy answered that refuses.
final class ConnectHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let endpoint: String
    private let authorization: Secret?
    private let opened: EventLoopPromise<Void>
    private var isAccepted = false

    /// - Parameter opened: Kept when the way is open, broken with a ``ProxyFailure`` otherwise.
    init(to endpoint: String, _ authorization: Secret?, _ opened: EventLoopPromise<Void>) {
        self.endpoint = endpoint
        self.authorization = authorization
        self.opened = opened
    }

    func handlerAdded(context: ChannelHandlerContext) {
        var head = HTTPRequestHead(version: .http1_1, method: .CONNECT, uri: endpoint)
        head.headers.add(name: "Host", value: endpoint)
        if let authorization { head.headers.add(name: "Proxy-Authorization", value: authorization.text) }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head) where (200..<300).contains(head.status.code): isAccepted = true
        case .head(let head): opened.fail(ProxyFailure.refused(head.status))
        case .body: break
        case .end: if isAccepted { opened.succeed(()) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        opened.fail(ProxyFailure.lost(error))
    }

    func channelInactive(context: ChannelHandlerContext) {
        opened.fail(ProxyFailure.lost(ChannelError.eof))
        context.fireChannelInactive()
    }
}

/// A proxy opened no way.
enum ProxyFailure: Error {
    /// It answered so.
    case refused(HTTPResponseStatus)
    /// What came of the connection to it.
    case lost(any Error)
}
