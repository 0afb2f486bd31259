import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import TreenityWebSocket

@Suite("The opening handshake agrees on compression")
struct DeflateHandshakeTests {
    private let text = [UInt8](repeating: 0x61, count: 1_000)
    private var plain: WebSocketConfiguration {
        var configuration = WebSocketConfiguration()
        configuration.deflates = false
        return configuration
    }

    @Test("A server that compresses answers the offer, another is silent about it")
    func serverAnswers() throws {
        #expect(try answer(WebSocketConfiguration(), to: Deflation.offer) == Deflation.full.answer)
        #expect(try answer(WebSocketConfiguration(), to: nil) == nil)
        #expect(try answer(WebSocketConfiguration(), to: "permessage-bzip2") == nil)
        #expect(try answer(plain, to: Deflation.offer) == nil)
    }

    @Test("A client offers compression, unless it is told not to")
    func clientOffers() {
        for (configuration, offer) in [(WebSocketConfiguration(), Deflation.offer), (plain, nil)] {
            var headers = HTTPHeaders()
            WebSocketClientUpgrader(configuration) { _, _ in }.addCustom(upgradeRequestHeaders: &headers)
            #expect(headers.first(name: Deflation.header) == offer)
        }
    }

    @Test("A client does not go on with a server that compresses unasked")
    func clientRefuses() throws {
        let head = HTTPResponseHead(
            version: .http1_1, status: .switchingProtocols, headers: [Deflation.header: Deflation.full.answer])
        let upgraded = WebSocketClientUpgrader(plain) { _, _ in }.upgrade(
            channel: EmbeddedChannel(), upgradeResponse: head)
        #expect(throws: WebSocketHandshakeError.self) { try upgraded.wait() }
    }

    @Test("A server's connection compresses what is long enough, as was agreed on")
    func serverWrites() async throws {
        let channel = NIOAsyncTestingChannel()
        let upgrader = WebSocketServerUpgrader(
            WebSocketConfiguration(), admits: { _, _ in channel.eventLoop.makeSucceededFuture([:]) },
            upgraded: { connection, _ in connection })
        let request = request(offering: "permessage-deflate; server_max_window_bits=10")
        let connection = try await channel.testingEventLoop.executeInContext {
            upgrader.upgrade(channel: channel, upgradeRequest: request)
        }
        .get()
        #expect(connection.deflation == Deflation(windowBits: 10))
        #expect(try await firstBytes(of: connection, on: channel) == [0xC1, 0x81])
    }

    @Test("A client's connection compresses as its server wants, or not at all", arguments: [8, 9, 15])
    func clientWrites(windowBits: Int) async throws {
        let channel = NIOAsyncTestingChannel()
        let upgrader = WebSocketClientUpgrader(WebSocketConfiguration()) { connection, _ in connection }
        let answer = Deflation.full.answer + "; client_max_window_bits=\(windowBits)"
        let head = HTTPResponseHead(
            version: .http1_1, status: .switchingProtocols, headers: [Deflation.header: answer])
        let connection = try await channel.testingEventLoop.executeInContext {
            upgrader.upgrade(channel: channel, upgradeResponse: head)
        }
        .get()
        #expect(connection.deflation == Deflation(windowBits: windowBits))
        #expect(try await firstBytes(of: connection, on: channel) == [windowBits == 8 ? 0x81 : 0xC1, 0x81])
    }

    /// Sends a long message and a short one.
    private func firstBytes(of connection: WebSocketConnection, on channel: NIOAsyncTestingChannel) async throws
        -> [UInt8]
    {
        try await withThrowingTaskGroup { group in
            group.addTask {
                _ = await connection.run { inbound, writer in
                    try? await writer.send(text: text)
                    try? await writer.send(text: [0x61])
                    for await _ in inbound {}
                }
            }
            var first: [UInt8] = []
            for _ in 0..<2 {
                let frame = try await channel.waitForOutboundWrite(as: ByteBuffer.self)
                first += frame.getBytes(at: frame.readerIndex, length: 1) ?? []
            }
            try await channel.close()
            return first
        }
    }

    private func answer(_ configuration: WebSocketConfiguration, to offer: String?) throws -> String? {
        let channel = EmbeddedChannel()
        let upgrader = WebSocketServerUpgrader(
            configuration, admits: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) }, upgraded: { _, _ in })
        return try upgrader.buildUpgradeResponse(
            channel: channel, upgradeRequest: request(offering: offer), initialResponseHeaders: [:]
        )
        .wait().first(name: Deflation.header)
    }

    private func request(offering offer: String?) -> HTTPRequestHead {
        var headers: HTTPHeaders = ["Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13"]
        if let offer { headers.add(name: Deflation.header, value: offer) }
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: "/", headers: headers)
    }
}
