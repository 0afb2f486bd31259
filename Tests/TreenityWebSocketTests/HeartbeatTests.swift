import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import TreenityWebSocket

@Suite("The heartbeat")
struct HeartbeatTests {
    @Test("A ping goes out every 20 s")
    func rhythm() throws {
        let wire = try Wire(.server)
        wire.advance(19)
        #expect(try wire.sent().isEmpty)
        wire.advance(1)
        #expect(try wire.sent().map(\.opcode) == [.ping])
        wire.advance(20)
        #expect(try wire.sent().map(\.opcode) == [.ping])
    }

    @Test("The first ping goes out at once where that is wanted")
    func atOnce() throws {
        let wire = try impatientWire()
        wire.advance(0)
        #expect(try wire.sent().map(\.opcode) == [.ping])
    }

    @Test("The answer to the newest ping gives the round trip, any other pong gives nothing")
    func roundTrip() throws {
        let wire = try impatientWire()
        wire.advance(0)
        let ping = try #require(try wire.sent().first)
        wire.advance(3)
        try wire.receive((.pong, [1, 2, 3]), (.pong, ping.payload), (.pong, ping.payload))
        #expect(try wire.events() == [.roundTrip(.seconds(3))])
    }

    @Test("A ping without an answer is spoken of once after 10 s")
    func quiet() throws {
        let wire = try impatientWire()
        wire.advance(0)
        wire.advance(9)
        #expect(try wire.events().isEmpty)
        wire.advance(1)
        #expect(try wire.events() == [.quiet])
        wire.advance(9)
        #expect(try wire.events().isEmpty)
        wire.advance(11)
        #expect(try wire.events() == [.quiet])
    }

    @Test("Whatever comes after a ping shows that the peer is there")
    func notQuiet() throws {
        let wire = try impatientWire()
        wire.advance(0)
        try wire.receive(ByteBuffer(bytes: [0x81]))
        wire.channel.read()
        wire.advance(19)
        #expect(try wire.events().isEmpty)
    }

    @Test("What is sent and has no answer is followed by a ping before its time")
    func doubt() throws {
        let wire = try doubtingWire()
        try send(on: wire)
        wire.advance(1)
        // A further message puts nothing off.
        try send(on: wire)
        #expect(try wire.sent().map(\.opcode) == [.text, .text])
        wire.advance(1)
        #expect(try wire.sent().map(\.opcode) == [.ping])
        wire.advance(5)
        #expect(try wire.events() == [.quiet])
        // The rhythm goes on from there.
        wire.advance(14)
        #expect(try wire.sent().isEmpty)
        wire.advance(1)
        #expect(try wire.sent().map(\.opcode) == [.ping])
    }

    @Test("Where an answer comes, pings keep their rhythm")
    func noDoubt() throws {
        let wire = try doubtingWire()
        try send(on: wire)
        wire.advance(1)
        try wire.receive((.text, Array("answer".utf8)))
        wire.advance(18)
        #expect(try wire.sent().map(\.opcode) == [.text])
        wire.advance(1)
        #expect(try wire.sent().map(\.opcode) == [.ping])
    }

    /// After 2 s without an answer it asks, after 5 s more it speaks.
    private func doubtingWire() throws -> Wire {
        var configuration = WebSocketConfiguration()
        configuration.answerLimit = .seconds(2)
        configuration.pongLimit = .seconds(5)
        let wire = try Wire(.client, configuration)
        wire.channel.read()
        return wire
    }

    private func send(on wire: Wire) throws {
        var buffer = ByteBuffer()
        buffer.writeWebSocketFrame(.text, payload: Array("question".utf8), mask: .random())
        wire.channel.writeAndFlush(buffer, promise: nil)
    }

    private func impatientWire() throws -> Wire {
        var configuration = WebSocketConfiguration()
        configuration.pingsAtOnce = true
        return try Wire(.client, configuration)
    }

    @Test("After 45 s without a byte the peer is given up")
    func silence() throws {
        let wire = try Wire(.server)
        wire.advance(44)
        #expect(wire.ending() == nil)
        wire.advance(1)
        #expect(wire.ending() == .silent)
        #expect(!wire.channel.isActive)
    }

    @Test("Any byte breaks the silence, also a part of a frame")
    func partOfFrame() throws {
        let wire = try Wire(.server)
        wire.advance(44)
        try wire.receive(ByteBuffer(bytes: [0x81]))
        wire.channel.read()
        wire.advance(44)
        #expect(wire.ending() == nil)
        wire.advance(1)
        #expect(wire.ending() == .silent)
    }

    @Test("While nothing is read, the peer is not silent")
    func pausedReading() throws {
        let wire = try Wire(.server)
        try wire.receive(ByteBuffer(bytes: [0x81]))
        wire.advance(500)
        #expect(wire.ending() == nil)
        wire.channel.read()
        wire.advance(44)
        #expect(wire.ending() == nil)
        wire.advance(1)
        #expect(wire.ending() == .silent)
    }

    @Test("The rhythm and the limit can be chosen")
    func configured() throws {
        var configuration = WebSocketConfiguration()
        configuration.pingInterval = .seconds(2)
        configuration.silenceLimit = .seconds(5)
        let wire = try Wire(.server, configuration)
        wire.advance(4)
        #expect(try wire.sent().count == 2)
        wire.advance(1)
        #expect(wire.ending() == .silent)
    }
}
