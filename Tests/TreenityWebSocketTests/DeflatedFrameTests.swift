import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import TreenityWebSocket

@Suite("Compressed frames")
struct DeflatedFrameTests {
    private let text = Array(String(repeating: #"{"type":"PATCH","path":"tree/a"}"#, count: 20).utf8)

    @Test("A frame that gets shorter is compressed, and says so in its first reserved bit")
    func shorter() throws {
        var buffer = ByteBuffer()
        buffer.writeWebSocketFrame(.text, payload: text, deflating: .full)
        #expect(buffer.readableBytes < text.count / 4)
        #expect(buffer.getInteger(at: buffer.readerIndex) == UInt8(0xC1))
    }

    @Test("What does not get shorter goes out as it is")
    func notShorter() {
        for payload in [[], [0x61], Array("Hello".utf8), (0...255).map { UInt8($0) }] as [[UInt8]] {
            var plain = ByteBuffer()
            plain.writeWebSocketFrame(.binary, payload: payload)
            var deflated = ByteBuffer()
            deflated.writeWebSocketFrame(.binary, payload: payload, deflating: .full)
            #expect(plain == deflated)
        }
    }

    @Test("Where the peer asks for a window that zlib has not, frames go out as they are")
    func tinyWindow() {
        #expect(Deflation(windowBits: 8).compressed(text) == nil)
    }

    @Test("Whatever goes in comes out, at any length", arguments: [15, 9])
    func roundTrip(windowBits: Int) throws {
        let words = ["tree/", "spaces/", "\"value\":", "é€😀", "42,", "{}"]
        for count in [1, 2, 10, 50, 61, 62, 63, 100, 1_000, 30_000] {
            let text = Array((0..<count).map { words[$0 * $0 % 7 % 6] }.joined().utf8)
            let wire = try Wire(.client, inflates: true)
            var buffer = ByteBuffer()
            buffer.writeWebSocketFrame(.text, payload: text, deflating: Deflation(windowBits: windowBits))
            try wire.receive(buffer)
            #expect(try wire.events() == [.messages([.text(text)])])
        }
    }

    @Test("No match reaches further back than the window that is agreed on")
    func window() throws {
        // 1,000 random bytes, twice: a window of 512 cannot see the first when it comes to the second.
        var random = SystemRandomNumberGenerator()
        let half = (0..<1_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(try #require(Deflation.full.compressed(half + half)).count < 1_100)
        #expect(Deflation(windowBits: 9).compressed(half + half) == nil)
    }

    @Test("One compressed frame serves every connection that agreed to compression")
    func shared() throws {
        var buffer = ByteBuffer()
        buffer.writeWebSocketFrame(.text, payload: text, deflating: .full)
        for _ in 0..<3 {
            let wire = try Wire(.client, inflates: true)
            for _ in 0..<2 { try wire.receive(buffer) }
            #expect(try wire.events() == [.messages([.text(text)]), .messages([.text(text)])])
        }
    }

    @Test("Both ends understand each other")
    func bothRoles() throws {
        let client = try Wire(.client, inflates: true)
        let server = try Wire(.server, inflates: true)
        var buffer = ByteBuffer()
        buffer.writeWebSocketFrame(.text, payload: text, deflating: .full, mask: .random())
        try server.receive(buffer)
        guard case .messages(let messages)? = try server.events().first else {
            return #expect(Bool(false), "nothing came")
        }
        var answer = ByteBuffer()
        for message in messages { answer.writeWebSocketFrame(.text, payload: message.bytes, deflating: .full) }
        try client.receive(answer)
        #expect(try client.events() == [.messages([.text(text)])])
    }

    @Test("A bomb closes the connection with 1009, damaged bytes with 1007")
    func refusals() throws {
        var configuration = WebSocketConfiguration()
        configuration.maximumMessageBytes = 10_000
        let bombed = try Wire(.server, configuration, inflates: true)
        var bomb = ByteBuffer()
        bomb.writeWebSocketFrame(
            .text, payload: [UInt8](repeating: 0x61, count: 1 << 20), deflating: .full, mask: [1, 2, 3, 4])
        try bombed.receive(bomb)
        try bombed.events()
        #expect(try bombed.sent().first?.payload.prefix(2) == [0x03, 0xF1])

        let damaged = try Wire(.client, inflates: true)
        try damaged.receive(ByteBuffer(bytes: [0xC1, 0x01, 0x07]))
        try damaged.events()
        #expect(try damaged.sent().first?.payload.prefix(2) == [0x03, 0xEF])
    }

    @Test("However much one read holds, it comes in bounded events, the next when more is asked for")
    func manyBombs() throws {
        let wire = try Wire(.client, inflates: true)
        let text = [UInt8](repeating: 0x61, count: 100_000)
        var buffer = ByteBuffer()
        for _ in 0..<40 { buffer.writeWebSocketFrame(.text, payload: text, deflating: .full) }
        try wire.receive(buffer)
        #expect(try wire.events() == [.messages([.text(text), .text(text), .text(text)])])
        wire.channel.read()
        let rest = try wire.events().map { event in
            if case .messages(let messages) = event { messages.count } else { 0 }
        }
        #expect(rest == [Int](repeating: 3, count: 12) + [1])
    }

    @Test("A close frame is found behind messages that nobody asks for any more")
    func closesOverHeldFrames() throws {
        let wire = try Wire(.server, inflates: true)
        var buffer = ByteBuffer()
        let text = [UInt8](repeating: 0x61, count: 300_000)
        for _ in 0..<3 { buffer.writeWebSocketFrame(.text, payload: text, deflating: .full, mask: [1, 2, 3, 4]) }
        buffer.writeWebSocketFrame(.connectionClose, payload: CloseReason(.normal).payload, mask: [1, 2, 3, 4])
        try wire.receive(buffer)
        #expect(try wire.events() == [.messages([.text(text)])])
        wire.close(CloseReason(.goingAway))
        #expect(wire.ending() == .closedHere(CloseReason(.goingAway)))
        #expect(try wire.events().isEmpty)
    }

    @Test("A message of the greatest length is taken, also where compression made it longer")
    func longest() throws {
        var configuration = WebSocketConfiguration()
        configuration.maximumMessageBytes = 1 << 16
        let wire = try Wire(.client, configuration, inflates: true)
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<1 << 15).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
        // Two blocks as they are.
        let block: [UInt8] = [0, 0x00, 0x80, 0xFF, 0x7F] + bytes
        var buffer = ByteBuffer(bytes: [0xC1, 127])
        buffer.writeInteger(UInt64(2 * block.count + 1))
        buffer.writeBytes(block + block + [0])
        try wire.receive(buffer)
        #expect(try wire.events() == [.messages([.text(bytes + bytes)])])
    }
}
