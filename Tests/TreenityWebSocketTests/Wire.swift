import NIOCore
import NIOEmbedded
import NIOWebSocket

@testable import TreenityWebSocket

/// A connection's handler in a channel without a socket, whose clock is moved by hand; stands for either end.
struct Wire {
    let channel: EmbeddedChannel
    let end: EventLoopFuture<WebSocketEnd>
    private let role: WebSocketRole

    init(
        _ role: WebSocketRole, _ configuration: WebSocketConfiguration = WebSocketConfiguration(),
        inflates: Bool = false
    ) throws {
        self.role = role
        channel = EmbeddedChannel(handler: HalfClosing())
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let ended = channel.eventLoop.makePromise(of: WebSocketEnd.self)
        end = ended.futureResult
        let handler = ConnectionHandler(
            role, configuration, inflates: inflates, now: channel.eventLoop.now, ended: ended)
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    /// The peer sends these frames in one burst; then the next read begins.
    func receive(_ frames: (WebSocketOpcode, [UInt8])...) throws {
        var buffer = ByteBuffer()
        for (opcode, payload) in frames {
            buffer.writeWebSocketFrame(opcode, payload: payload, mask: role == .server ? [1, 2, 3, 4] : nil)
        }
        try receive(buffer)
        channel.read()
    }

    func receive(_ bytes: ByteBuffer) throws {
        try channel.writeInbound(bytes)
    }

    /// What this end has sent since the last look, decoded.
    func sent() throws -> [Sent] {
        let decoder = EmbeddedChannel(handler: ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 1 << 20)))
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { try decoder.writeInbound(bytes) }
        var all: [Sent] = []
        while let frame = try decoder.readInbound(as: WebSocketFrame.self) {
            all.append(
                Sent(opcode: frame.opcode, payload: Array(buffer: frame.unmaskedData), isMasked: frame.maskKey != nil))
        }
        return all
    }

    struct Sent: Equatable {
        var opcode: WebSocketOpcode
        var payload: [UInt8]
        var isMasked: Bool
    }

    /// Takes all events that are there, as a consumer does.
    @discardableResult
    func events() throws -> [WebSocketEvent] {
        var all: [WebSocketEvent] = []
        while let incoming = try channel.readInbound(as: ConnectionHandler.Incoming.self) {
            switch incoming {
            case .event(let event): all.append(event)
            case .end: channel.triggerUserOutboundEvent(ConnectionHandler.EndReached(), promise: nil)
            }
        }
        return all
    }

    func close(_ reason: CloseReason, waits: Bool = true) {
        channel.triggerUserOutboundEvent(ConnectionHandler.CloseRequest(reason: reason, waits: waits), promise: nil)
    }

    /// How the connection ended; `nil` while it stands.
    func ending() -> WebSocketEnd? {
        channel.embeddedEventLoop.run()
        var result: WebSocketEnd?
        end.assumeIsolated().whenSuccess { result = $0 }
        return result
    }

    func advance(_ seconds: Int64) {
        channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
    }
}

/// A socket can close its sending half alone, an `EmbeddedChannel` cannot.
private final class HalfClosing: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        promise?.succeed()
    }
}
