import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import TreenityWebSocket

@Suite("Frames are written as RFC 6455 says")
struct FrameEncodingTests {
    @Test("The example of the RFC comes out byte for byte, plain and masked")
    func examples() {
        var buffer = ByteBuffer()
        buffer.writeWebSocketFrame(.text, payload: Array("Hello".utf8))
        #expect(Array(buffer: buffer) == [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        buffer.clear()
        buffer.writeWebSocketFrame(.text, payload: Array("Hello".utf8), mask: [0x37, 0xFA, 0x21, 0x3D])
        #expect(Array(buffer: buffer) == [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
    }

    @Test("What is written is what NIO reads, at each border of the length's forms", arguments: [nil, [9, 8, 7, 6]])
    func roundTrip(mask: WebSocketMaskingKey?) throws {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 1 << 20)))
        let sizes = [0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, 100_000]
        let payloads = sizes.map { size in (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) } }
        var buffer = ByteBuffer()
        for payload in payloads { buffer.writeWebSocketFrame(.binary, payload: payload, mask: mask) }
        try channel.writeInbound(buffer)
        for payload in payloads {
            let read = try #require(try channel.readInbound(as: WebSocketFrame.self))
            #expect(read.fin && read.opcode == .binary && read.maskKey == mask)
            #expect(Array(buffer: read.unmaskedData) == payload)
        }
    }
}
