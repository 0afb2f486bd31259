public import NIOCore
public import NIOWebSocket

extension ByteBuffer {
    /// Appends one whole WebSocket frame (RFC 6455, section 5.2), so that many of them travel in one write.
    ///
    /// - Parameters:
    ///   - opcode: The kind of frame.
    ///   - payload: The bytes to carry; at most 125 in a control frame.
    ///   - deflation: Compresses the payload of a text or binary frame where it gets shorter by that (RFC 7692). The
    ///     frame then fits all connections with the same agreement.
    ///   - mask: A fresh random key in a client; `nil` in a server, so that one encoding serves all its readers.
    /// - Complexity: O(payload).
    public mutating func writeWebSocketFrame(
        _ opcode: WebSocketOpcode, payload: [UInt8], deflating deflation: Deflation? = nil,
        mask: WebSocketMaskingKey? = nil
    ) {
        precondition(deflation == nil || opcode == .text || opcode == .binary, "only messages are compressed")
        if let compressed = deflation?.compressed(payload) {
            writeFrame(0xC0 | UInt8(webSocketOpcode: opcode), compressed, mask)
        } else {
            writeFrame(0x80 | UInt8(webSocketOpcode: opcode), payload, mask)
        }
    }

    private mutating func writeFrame(_ head: UInt8, _ payload: [UInt8], _ mask: WebSocketMaskingKey?) {
        reserveCapacity(minimumWritableBytes: payload.count + 14)
        writeInteger(head)
        let maskBit: UInt8 = mask == nil ? 0 : 0x80
        switch payload.count {
        case ...125:
            writeInteger(maskBit | UInt8(payload.count))
        case ...Int(UInt16.max):
            writeInteger(maskBit | 126)
            writeInteger(UInt16(payload.count))
        default:
            writeInteger(maskBit | 127)
            writeInteger(UInt64(payload.count))
        }
        if let mask { writeInteger(mask.word) }
        let start = writerIndex
        writeBytes(payload)
        guard let mask else { return }
        let offset = start - readerIndex
        withUnsafeMutableReadableBytes { readable in
            let written = UnsafeMutableRawBufferPointer(rebasing: readable[offset...])
            applyMask(mask.word, to: written)
        }
    }
}
