public import NIOCore
public import NIOWebSocket

extension ByteBuffer {
    /// Appends one whole WebSocket frame (RFC 6455, section 5.2), so that many of them travel in one write.
    ///
    /// - Parameters:
    ///   - opcode: The kind of frame.
    ///   - payload: The bytes to carry; at most 125 in a control frame.
    ///   - mask: A fresh random key in a client; `nil` in a server, so that one encoding serves all its readers.
    public mutating func writeWebSocketFrame(
        _ opcode: WebSocketOpcode, payload: [UInt8], mask: WebSocketMaskingKey? = nil
    ) {
        reserveCapacity(minimumWritableBytes: payload.count + 14)
        writeInteger(UInt8(0x80) | UInt8(webSocketOpcode: opcode))
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
        if let mask { writeBytes(mask) }
        let start = writerIndex
        writeBytes(payload)
        guard let mask else { return }
        let offset = start - readerIndex
        withUnsafeMutableReadableBytes { readable in
            let written = UnsafeMutableRawBufferPointer(rebasing: readable[offset...])
            applyMask(mask, to: written)
        }
    }
}
