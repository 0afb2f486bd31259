import NIOCore
import NIOHTTP1

/// Gives the request of a refused upgrade to the HTTP handlers behind it: NIO's upgrade handler keeps it to itself.
///
/// Stands right behind the upgrade handler when the refusal is told, and leaves once the HTTP handlers stand behind it.
final class RefusedUpgradeReplay: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let head: HTTPRequestHead

    init(_ head: HTTPRequestHead) {
        self.head = head
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // The HTTP handlers are added in the same turn of the loop, as the upgrade handler hears of the refusal.
        context.eventLoop.assumeIsolated().execute {
            context.fireChannelRead(self.wrapInboundOut(.head(self.head)))
            context.fireChannelRead(self.wrapInboundOut(.end(nil)))
            context.fireChannelReadComplete()
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // The rest of the request, should NIO have left any.
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The refusal itself: the handlers behind get the request instead.
    }
}
