public import NIOCore
import NIOWebSocket

/// Sends over one connection; may be used by many tasks at once.
public struct WebSocketWriter: Sendable {
    let role: WebSocketRole
    let channel: any Channel
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Sends one text message. Suspends while the peer does not read.
    ///
    /// - Parameter text: Valid UTF-8.
    /// - Throws: ``WebSocketClosed`` where the connection is closed or the task is cancelled.
    public func send(text: [UInt8]) async throws(WebSocketClosed) {
        var buffer = channel.allocator.buffer(capacity: text.count + 14)
        buffer.writeWebSocketFrame(.text, payload: text, mask: role == .client ? .random() : nil)
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

    /// Begins the closing handshake behind all that was sent before. What still comes in is dropped; the connection ends
    /// when the peer has answered, or when its time for that is over.
    public func close(_ reason: CloseReason) {
        close(reason, waits: true)
    }

    func close(_ reason: CloseReason, waits: Bool) {
        channel.triggerUserOutboundEvent(ConnectionHandler.CloseRequest(reason: reason, waits: waits), promise: nil)
    }
}

/// A message could not be sent, because the connection is closed.
public struct WebSocketClosed: Error, Hashable, Sendable {
    /// The connection is closed.
    public init() {}
}
