import NIOCore
import NIOHTTP1

/// Closes a connection whose peer lets the server wait for too long: for the next request, or until what was written is
/// taken.
///
/// It sees in the event loop whose turn it is. The task that answers may be late to run, and a peer whose next request
/// came with the one before must not pay for that.
final class TurnHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let limit: TimeAmount
    private var deadline: Scheduled<Void>?
    /// Requests of which the answer has not been written to its end.
    private var unanswered = 0
    /// Parts of answers that the peer has not taken.
    private var untaken = 0

    init(limit: TimeAmount) {
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) {
            unanswered += 1
            turn(context)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // Before it goes on: the next request may be waiting for nothing but this.
        if case .end = unwrapOutboundIn(data) { unanswered = max(0, unanswered - 1) }
        untaken += 1
        turn(context)
        let taken = promise ?? context.eventLoop.makePromise()
        taken.futureResult.assumeIsolated().whenComplete { _ in
            self.untaken -= 1
            self.turn(context)
        }
        context.write(data, promise: taken)
    }

    /// The limit begins anew with whatever happens, or ends where the server is at work.
    private func turn(_ context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = nil
        guard context.channel.isActive, untaken > 0 || unanswered == 0 else { return }
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }
}
