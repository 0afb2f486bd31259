import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import TreenityWebSocket

@Suite("A message that comes slowly")
struct PaceTests {
    private let tooSlow = CloseReason(.policyViolation, "a message comes slower than 512 bytes a second")

    /// The beginning of a frame of 60,000 bytes, or of a message in pieces.
    private static let beginnings: [[UInt8]] = [
        [0x81, 0xFE, 0xEA, 0x60, 0, 0, 0, 0], [0x01, 0x81, 0, 0, 0, 0, 0x61], [0x81],
    ]

    /// So many bytes come each second, for so long.
    private func trickle(_ bytes: [UInt8], _ seconds: Int, _ wire: Wire) throws {
        for _ in 0..<seconds {
            wire.advance(1)
            try wire.receive(ByteBuffer(bytes: bytes))
            wire.channel.read()
        }
    }

    /// An empty ping, by which nobody falls silent.
    private static let ping: [UInt8] = [0x89, 0x80, 0, 0, 0, 0]

    @Test("is refused with 1008 by a server after a minute", arguments: beginnings.prefix(2))
    func refused(_ beginning: [UInt8]) throws {
        let wire = try Wire(.server)
        try trickle(beginning, 1, wire)
        let isWhole = beginning[0] == 0x01
        try trickle(isWhole ? Self.ping : [0], 58, wire)
        #expect(wire.ending() == nil)
        #expect(try !wire.sent().map(\.opcode).contains(.connectionClose))
        try trickle(isWhole ? Self.ping : [0], 22, wire)
        try wire.events()
        #expect(try wire.sent().last?.payload == tooSlow.payload)
        wire.channel.pipeline.fireChannelInactive()
        #expect(wire.ending() == .refused(tooSlow))
    }

    @Test("is waited for by a client")
    func client() throws {
        let wire = try Wire(.client)
        try trickle([0x81, 0x7E, 0xEA, 0x60], 1, wire)
        try trickle([0x61], 200, wire)
        #expect(wire.ending() == nil)
    }

    @Test("but fast enough is taken, however long it takes")
    func fastEnough() throws {
        let wire = try Wire(.server)
        try trickle(Self.beginnings[0], 1, wire)
        try trickle(Array(repeating: 0x61, count: 600), 100, wire)
        #expect(try wire.events().count == 1)
        #expect(wire.ending() == nil)
    }

    @Test("is not blamed for the time in which nothing is read")
    func slowConsumer() throws {
        let wire = try Wire(.server)
        wire.advance(1)
        try wire.receive(ByteBuffer(bytes: Self.beginnings[0]))
        // The consumer asks for nothing more.
        wire.advance(500)
        wire.channel.read()
        wire.advance(40)
        #expect(wire.ending() == nil)
        #expect(try !wire.sent().map(\.opcode).contains(.connectionClose))
    }

    @Test("has a minute of its own, whatever came before it")
    func eachAnew() throws {
        let wire = try Wire(.server)
        // A short message in two reads, ever again, of which the second brings the beginning of the next.
        let message: [UInt8] = [0x81, 0x82, 0, 0, 0, 0, 0x61, 0x61]
        try wire.receive(ByteBuffer(bytes: message.prefix(4)))
        wire.channel.read()
        for _ in 0..<20 {
            wire.advance(20)
            try wire.receive(ByteBuffer(bytes: message.dropFirst(4) + message.prefix(4)))
            wire.channel.read()
        }
        #expect(wire.ending() == nil)
        #expect(try wire.events().count == 20)
    }
}
