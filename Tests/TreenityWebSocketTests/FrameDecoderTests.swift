import NIOCore
import NIOWebSocket
import Testing

@testable import TreenityWebSocket

@Suite("Bytes are cut into frames")
struct FrameDecoderTests {
    @Test("What is written is what is read, at each border of the length's forms", arguments: [nil, [9, 8, 7, 6]])
    func roundTrip(mask: WebSocketMaskingKey?) throws {
        let sizes = [0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, 100_000]
        let frames = sizes.map { size in
            Frame(
                kind: .binary, isMasked: mask != nil, payload: (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        }
        var buffer = ByteBuffer()
        for frame in frames { buffer.writeWebSocketFrame(.binary, payload: frame.payload, mask: mask) }
        #expect(try decode([buffer]) == frames)
    }

    @Test("Frames come out the same however their bytes are cut")
    func pieces() throws {
        var buffer = ByteBuffer()
        buffer.writeWebSocketFrame(.text, payload: Array("hello there".utf8), mask: [1, 2, 3, 4])
        buffer.writeWebSocketFrame(.ping, payload: [])
        buffer.writeWebSocketFrame(.binary, payload: [UInt8](repeating: 7, count: 200))
        let whole = try decode([buffer])
        #expect(whole.count == 3)
        for size in 1...buffer.readableBytes {
            var rest = buffer
            var pieces: [ByteBuffer] = []
            while let piece = rest.readSlice(length: min(size, max(rest.readableBytes, 1))) { pieces.append(piece) }
            #expect(try decode(pieces) == whole, "in pieces of \(size)")
        }
    }

    @Test("The bits of the first byte are told apart")
    func bits() throws {
        #expect(try decode([ByteBuffer(bytes: [0x01, 0])]) == [Frame(kind: .text, isLast: false, payload: [])])
        #expect(try decode([ByteBuffer(bytes: [0xC2, 0])]) == [Frame(kind: .binary, isCompressed: true, payload: [])])
        for byte in [0xA0, 0x90] as [UInt8] {
            #expect(
                try decode([ByteBuffer(bytes: [byte, 0])]) == [
                    Frame(kind: .continuation, isReserved: true, payload: [])
                ])
        }
        let opcodes: [Frame.Kind] = try (0...15).map { opcode in
            try #require(try decode([ByteBuffer(bytes: [0x80 | opcode, 0])]).first).kind
        }
        #expect(opcodes[0...3] == [.continuation, .text, .binary, .reserved(3)])
        #expect(opcodes[8...11] == [.close, .ping, .pong, .reserved(11)])
    }

    @Test(
        "A frame that announces too much is refused at once, with what follows",
        arguments: [
            ([0x82, 126, 0x03, 0xE9], .messageTooBig), ([0x82, 127, 0, 0, 0, 0, 0, 0, 0x03, 0xE9], .messageTooBig),
            ([0x82, 127, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .messageTooBig),
            ([0x89, 126, 0, 126], .protocolError), ([0x88, 127, 0, 0, 0, 0, 0, 0, 0, 1, 0], .protocolError),
        ] as [([UInt8], CloseCode)])
    func tooLong(head: [UInt8], code: CloseCode) throws {
        var decoder = FrameDecoder(maximumBytes: 1_000)
        decoder.append(ByteBuffer(bytes: head))
        let violation = #expect(throws: Violation.self) { try decoder.next() }
        #expect(violation?.reason.code == code)
        decoder.append(ByteBuffer(bytes: [0x81, 0]))
        #expect(try decoder.next() == nil)
    }

    @Test("A frame of exactly the limit is taken")
    func limit() throws {
        var buffer = ByteBuffer()
        buffer.writeWebSocketFrame(.binary, payload: [UInt8](repeating: 1, count: 1_000))
        #expect(try decode([buffer], maximumBytes: 1_000).count == 1)
    }

    private func decode(_ reads: [ByteBuffer], maximumBytes: Int = 1 << 20) throws -> [Frame] {
        var decoder = FrameDecoder(maximumBytes: maximumBytes)
        var frames: [Frame] = []
        for read in reads {
            decoder.append(read)
            while let frame = try decoder.next() { frames.append(frame) }
        }
        return frames
    }
}
