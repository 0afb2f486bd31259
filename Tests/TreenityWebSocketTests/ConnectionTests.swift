import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import TreenityWebSocket

@Suite("A connection")
struct ConnectionTests {
    private let normal = CloseReason(.normal, "done")

    @Test("All messages of one read come as one event")
    func batches() throws {
        let wire = try Wire(.server)
        try wire.receive((.text, [0x61]), (.text, [0x62]))
        try wire.receive((.text, [0x63]))
        #expect(try wire.events() == [.messages([.text([0x61]), .text([0x62])]), .messages([.text([0x63])])])
    }

    @Test("A ping is answered with its payload, masked by a client alone")
    func pong() throws {
        for role in [WebSocketRole.client, .server] {
            let wire = try Wire(role)
            try wire.receive((.ping, [7, 7]))
            #expect(try wire.sent() == [Wire.Sent(opcode: .pong, payload: [7, 7], isMasked: role == .client)])
        }
    }

    @Test("While the peer does not read, it is owed one pong: that for its newest ping")
    func owedPong() throws {
        let wire = try Wire(.server)
        wire.channel.isWritable = false
        try wire.receive((.ping, [1]), (.ping, [2]))
        #expect(try wire.sent().isEmpty)
        wire.channel.isWritable = true
        wire.channel.pipeline.fireChannelWritabilityChanged()
        #expect(try wire.sent().map(\.payload) == [[2]])
    }

    @Test("A server answers a close frame with its code and closes the socket")
    func peerClosesServer() throws {
        let wire = try Wire(.server)
        try wire.receive((.connectionClose, normal.payload))
        try wire.events()
        #expect(try wire.sent().map(\.payload) == [CloseReason(.normal).payload])
        #expect(wire.ending() == .closedByPeer(normal))
    }

    @Test("What came before a close frame can still be answered")
    func lastAnswer() throws {
        let wire = try Wire(.server)
        try wire.receive((.text, [0x61]), (.connectionClose, normal.payload), (.text, [0x62]))
        var answer = ByteBuffer()
        answer.writeWebSocketFrame(.text, payload: [0x63])
        try wire.channel.writeOutbound(answer)
        #expect(wire.ending() == nil)
        #expect(try wire.events() == [.messages([.text([0x61])])])
        #expect(try wire.sent().map(\.opcode) == [.text, .connectionClose])
        #expect(wire.ending() == .closedByPeer(normal))
    }

    @Test("A consumer that does not come to the end within 5 s is not waited for")
    func stuckConsumer() throws {
        let wire = try Wire(.client)
        try wire.receive((.connectionClose, normal.payload))
        wire.advance(4)
        #expect(try wire.sent().isEmpty)
        wire.advance(1)
        #expect(try wire.sent().map(\.payload) == [CloseReason(.normal).payload])
        #expect(wire.ending() == .closedByPeer(normal))
    }

    @Test("A server that refuses a frame hangs up, takes what still comes, and waits for the peer to leave")
    func refusal() throws {
        let wire = try Wire(.server)
        try wire.receive((.connectionClose, [0x03]))
        try wire.events()
        #expect(try wire.sent().first?.payload.prefix(2) == [0x03, 0xEA])
        try wire.receive((.text, [0x61]))
        #expect(wire.ending() == nil)
        wire.advance(5)
        #expect(wire.ending() == .refused(CloseReason(.protocolError, "a close frame of one byte")))
    }

    @Test("A client answers a close frame and leaves it to the server to close the socket")
    func peerClosesClient() throws {
        let wire = try Wire(.client)
        try wire.receive((.connectionClose, []))
        try wire.events()
        #expect(try wire.sent().map(\.opcode) == [.connectionClose])
        #expect(wire.ending() == nil)
        wire.channel.pipeline.fireChannelInactive()
        #expect(wire.ending() == .closedByPeer(CloseReason(nil)))
    }

    @Test("Closing sends a frame, drops what still comes, and ends with the peer's answer")
    func closesHere() throws {
        let wire = try Wire(.server)
        wire.close(normal)
        wire.close(CloseReason(.goingAway))
        #expect(try wire.sent().map(\.payload) == [normal.payload])
        try wire.receive((.text, [0x61]), (.ping, []))
        #expect(wire.ending() == nil)
        try wire.receive((.connectionClose, normal.payload))
        #expect(wire.ending() == .closedHere(normal))
        #expect(try wire.events().isEmpty)
        #expect(try wire.sent().isEmpty)
    }

    @Test("A peer that does not answer a close frame loses the socket after 5 s")
    func noAnswer() throws {
        let wire = try Wire(.client)
        wire.close(normal)
        wire.advance(4)
        #expect(wire.ending() == nil)
        wire.advance(1)
        #expect(wire.ending() == .closedHere(normal))
    }

    @Test("Closing without waiting sends the frame and closes the socket")
    func closesAtOnce() throws {
        let wire = try Wire(.client)
        wire.close(normal, waits: false)
        #expect(try wire.sent().last?.payload == normal.payload)
        #expect(wire.ending() == .closedHere(normal))
    }

    @Test("Nothing is sent behind a close frame")
    func noWritesAfterClose() throws {
        let wire = try Wire(.server)
        wire.close(normal)
        var data = ByteBuffer()
        data.writeWebSocketFrame(.text, payload: [0x61])
        #expect(throws: ChannelError.ioOnClosedChannel) { try wire.channel.writeAndFlush(data).wait() }
        #expect(try wire.sent().map(\.opcode) == [.connectionClose])
    }

    @Test("A binary message is refused with 1003, unless it is asked for")
    func binary() throws {
        let wire = try Wire(.server)
        try wire.receive((.binary, [1]))
        try wire.events()
        #expect(try wire.sent().first?.payload.prefix(2) == [0x03, 0xEB])
        var configuration = WebSocketConfiguration()
        configuration.acceptsBinary = true
        let tolerant = try Wire(.server, configuration)
        try tolerant.receive((.binary, [1]))
        #expect(try tolerant.events() == [.messages([.binary([1])])])
    }

    @Test("A frame that announces too much is refused with 1009 before its bytes come, and the rest is dropped")
    func hugeFrame() throws {
        var configuration = WebSocketConfiguration()
        configuration.maximumMessageBytes = 1_000
        let wire = try Wire(.server, configuration)
        try wire.receive(ByteBuffer(bytes: [0x81, 0xFE, 0x40, 0x00, 0, 0, 0, 0, 0x61]))
        try wire.events()
        #expect(try wire.sent().first?.payload.prefix(2) == [0x03, 0xF1])
        try wire.receive(ByteBuffer(repeating: 0x61, count: 5_000))
        #expect(wire.ending() == nil)
        wire.channel.pipeline.fireChannelInactive()
        guard case .refused(let reason)? = wire.ending() else { return #expect(Bool(false), "\(wire)") }
        #expect(reason.code == .messageTooBig)
    }

    @Test("A connection without a close frame is lost")
    func lost() throws {
        let wire = try Wire(.server)
        wire.channel.pipeline.fireErrorCaught(IOError(errnoCode: 104, reason: "read"))
        #expect(wire.ending() == .lost("the connection was reset by the peer"))
    }
}
