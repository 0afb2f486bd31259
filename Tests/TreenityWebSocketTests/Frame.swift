import NIOCore
import NIOWebSocket

/// A frame as a server sends it.
func frame(
    _ opcode: WebSocketOpcode, _ payload: [UInt8], fin: Bool = true, mask: WebSocketMaskingKey? = nil
) -> WebSocketFrame {
    var data = ByteBuffer(bytes: payload)
    if let mask { data.webSocketMask(mask) }
    return WebSocketFrame(fin: fin, opcode: opcode, maskKey: mask, data: data)
}

func frame(_ opcode: WebSocketOpcode, _ text: String, fin: Bool = true) -> WebSocketFrame {
    frame(opcode, Array(text.utf8), fin: fin)
}
