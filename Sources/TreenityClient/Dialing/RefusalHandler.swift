import NIOCore
import NIOHTTP1

/// A server answered the upgrade with something else.
struct UpgradeRefused: Error {
    let status: HTTPResponseStatus
}

/// Ends the wait for a WebSocket with the HTTP answer that came instead.
final class RefusalHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private static let redirects: Set<UInt> = [301, 302, 303, 307, 308]

    private let settled: EventLoopPromise<Dialer.Opening>

    init(_ settled: EventLoopPromise<Dialer.Opening>) {
        self.settled = settled
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        guard RefusalHandler.redirects.contains(head.status.code), let location = head.headers.first(name: "Location")
        else { return settled.fail(UpgradeRefused(status: head.status)) }
        settled.succeed(.redirect(to: location))
        context.close(promise: nil)
    }
}
