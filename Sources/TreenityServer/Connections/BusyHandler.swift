import NIOCore

/// Tells a connection for which there is no room to come back later, and closes it.
final class BusyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What is said, whatever was asked.
    private static let answer = """
        HTTP/1.1 503 Service Unavailable\r
        Retry-After: 10\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Length: \(words.utf8.count)\r
        Connection: close\r
        \r
        \(words)
        """
    private static let words = "the server has as many connections as it may have; try again later\n"

    /// How long the peer has to read it and to leave. Closed at once, what it still sends would have the answer thrown
    /// away on its side.
    private static let patience = TimeAmount.seconds(1)

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        context.eventLoop.scheduleTask(in: BusyHandler.patience) { channel.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: BusyHandler.answer)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What it wants is not done.
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
