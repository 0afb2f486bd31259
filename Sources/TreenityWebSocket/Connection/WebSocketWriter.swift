public import NIOCore
import NIOWebSocket

/// Sends over one connection; may be used by many tasks at once.
public struct WebSocketWriter: Sendable {
    /// How messages to the peer may be compressed; `nil`: not at all. Frames that were encoded for the same value may be
    /// sent to many connections.
    public let deflation: Deflation?

    let role: WebSocketRole
    let minimumDeflatedBytes: Int
    let channel: any Channel
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Sends one text message. Suspends while the peer does not read.
    ///
    /// - Parameter text: Valid UTF-8.
    /// - Throws: ``WebSocketClosed`` where the connection is closed or the task is cancelled.
    public func send(text: [UInt8]) async throws(WebSocketClosed) {
        try await send([.text(text)])
    }

    /// Sends messages in one write, the longer ones compressed where that is agreed on. Suspends while the peer does
    /// not read.
    ///
    /// - Throws: ``WebSocketClosed`` where the connection is closed or the task is cancelled.
    public func send(_ messages: [WebSocketMessage]) async throws(WebSocketClosed) {
        var buffer = ByteBuffer()
        for message in messages {
            let payload = message.bytes
            buffer.writeWebSocketFrame(
                message.opcode, payload: payload, deflating: payload.count < minimumDeflatedBytes ? nil : deflation,
                mask: role == .client ? .random() : nil)
        }
        try await send(packed: buffer)
    }

    /// Sends frames that were encoded before by `ByteBuffer.writeWebSocketFrame`: any number of whole frames, masked in
    /// a client, in one write. Suspends while the peer does not read.
    ///
    /// - Throws: ``WebSocketClosed`` where the connection is closed or the task is cancelled.
    public func send(packed frames: ByteBuffer) async throws(WebSocketClosed) {
        do {
            try await outbound.write(frames)
        } catch {
            throw WebSocketClosed()
        }
    }

    /// Where ``write(packed:)``, ``flush()`` and ``waitingBytes`` may be used.
    public var eventLoop: any EventLoop { channel.eventLoop }

    /// Writes whole frames, as ``send(packed:)`` takes them, behind all that was sent before, without waiting for the peer;
    /// they go out with ``flush()``. On a closed connection they are dropped.
    ///
    /// - Precondition: runs on ``eventLoop``.
    public func write(packed frames: ByteBuffer) {
        channel.pipeline.syncOperations.write(NIOAny(frames), promise: nil)
    }

    /// Sends what was written.
    ///
    /// - Precondition: runs on ``eventLoop``.
    public func flush() {
        channel.pipeline.syncOperations.flush()
    }

    /// Whether the network has taken nearly all that was sent: what waits is less than the channel's upper mark.
    public var isWritable: Bool { channel.isWritable }

    /// How many bytes were sent and not yet taken by the network.
    ///
    /// - Precondition: runs on ``eventLoop``.
    public var waitingBytes: Int {
        (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Begins the closing handshake behind all that was sent before. What still comes in is dropped; the connection ends
    /// when the peer has answered, or when its time for that is over.
    public func close(_ reason: CloseReason) {
        close(reason, waits: true)
    }

    /// As ``close(_:)``.
    ///
    /// - Parameter waits: whether the peer's answer is awaited, which a peer that is gone never gives.
    public func close(_ reason: CloseReason, waits: Bool) {
        channel.triggerUserOutboundEvent(ConnectionHandler.CloseRequest(reason: reason, waits: waits), promise: nil)
    }
}

/// A message could not be sent, because the connection is closed.
public struct WebSocketClosed: Error, Hashable, Sendable {
    /// The connection is closed.
    public init() {}
}

extension WebSocketMessage {
    fileprivate var opcode: WebSocketOpcode {
        switch self {
        case .text: .text
        case .binary: .binary
        }
    }
}
