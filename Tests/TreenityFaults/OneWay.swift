import Glibc
import NIOCore

/// Passes on what comes from one end of a proxied connection to the other, until the fault.
final class OneWay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let target: any Channel
    private let flaw: Flaw
    private var passed = 0

    init(to target: any Channel, _ flaw: Flaw) {
        self.target = target
        self.flaw = flaw
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        let whole = min(bytes.readableBytes, max(0, flaw.after - passed))
        let isAtFault = flaw.fault != .none && passed + bytes.readableBytes > flaw.after
        passed += bytes.readableBytes
        guard isAtFault else { return pass(bytes) }
        if whole > 0, let first = bytes.readSlice(length: whole) { pass(first) }
        suffer(bytes, context)
    }

    private func suffer(_ rest: ByteBuffer, _ context: ChannelHandlerContext) {
        switch flaw.fault {
        case .none: pass(rest)
        case .cut: context.close(promise: nil)
        case .reset:
            let socket = context.channel as? any SocketOptionProvider
            _ = socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            context.close(promise: nil)
        case .halfClose: target.close(mode: .output, promise: nil)
        case .swallow: break
        case .crumble:
            for byte in rest.readableBytesView { pass(ByteBuffer(bytes: [byte])) }
        case .delay:
            context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(2)) { self.pass(rest) }
        }
    }

    private func pass(_ bytes: ByteBuffer) { target.writeAndFlush(bytes, promise: nil) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(ChannelEvent.inputClosed) = event as? ChannelEvent { target.close(mode: .output, promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        target.close(promise: nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
