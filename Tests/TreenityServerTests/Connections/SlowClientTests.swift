import NIOCore
import NIOPosix
import Testing
import TreenityProtocol

@testable import TreenityServer

/// Nothing here waits for time to pass: what is slow does its next step when somebody else was served.
@Suite("A client that keeps the server waiting", .timeLimit(.minutes(5)))
struct SlowClientTests {
    private typealias RawChannel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private static let get = "GET /tree HTTP/1.1\r\nHost: localhost\r\n"
    private static let upgrade = """
        GET /patches HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n
        """

    /// A connection from which nothing is expected; it tells when it is closed.
    private static func connect(_ address: ListeningAddress) async throws -> RawChannel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture { try RawChannel(wrappingChannelSynchronously: channel) }
            }
    }

    /// Gives back what comes from the server until it closes the connection.
    private static func rest(of inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async -> String {
        var all = ByteBuffer()
        // What the server has not read by then makes a reset of its closing.
        do { for try await var part in inbound { all.writeBuffer(&part) } } catch {}
        return String(buffer: all)
    }

    @Test("by sending its request byte by byte is cut off in time, and others are served", arguments: [get, upgrade])
    func head(beginning: String) async throws {
        try await withServer(["n": 1], configure: { $0.headLimit = .milliseconds(300) }) { server, address in
            let slow = try await Self.connect(address)
            // Ever further, without an end, and shorter than what is refused as too long.
            let bytes = Array((beginning + String(repeating: "X-More: and more\r\n", count: 700)).utf8)
            var sent = 0
            try await slow.executeThenClose { inbound, outbound in
                while slow.channel.isActive, sent < bytes.count {
                    do { try await outbound.write(ByteBuffer(bytes: [bytes[sent]])) } catch { break }
                    sent += 1
                    // From inside: another connection would have as little time to say what it wants.
                    let verdicts = await server.submit([Patch(.edit(.integer(sent)), "tree/n")], user: "other")
                    #expect(throws: Never.self) { try verdicts[0].get() }
                }
                #expect(await Self.rest(of: inbound).isEmpty)
            }
        }
    }

    @Test(
        "by a body that does not end is answered and let go at once",
        arguments: [
            "POST /tree HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx",
            "POST /tree HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nx",
            get + "Content-Length: 9223372036854775807\r\n\r\nx",
        ])
    func body(request: String) async throws {
        let configure = { (configuration: inout ServerConfiguration) in
            configuration.headLimit = .hours(1)
            configuration.idleLimit = .hours(1)
        }
        try await withServer(configure: configure) { _, address in
            let answer = try await http(address, request)
            #expect(answer.status == (request.hasPrefix("GET") ? 200 : 405))
            #expect(answer.headers.contains("Connection: close"))
        }
    }

    /// All the while others ask: only on WebSocket is silence measured.
    @Test(
        "by a frame, or a message, that it begins and does not end is given up, and others are served",
        arguments: [
            [0x81], [0x81, 0xFE, 0x10], [0x81, 0xFE, 0x10, 0x00, 0, 0, 0, 0, 0x20],
            [0x01, 0x81, 0, 0, 0, 0, 0x20], [0x89, 0x85, 0, 0, 0, 0],
        ] as [[UInt8]])
    func frame(beginning: [UInt8]) async throws {
        try await withServer(["n": 1], configure: { $0.silenceLimit = .milliseconds(300) }) { _, address in
            let slow = try await Self.connect(address)
            try await slow.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(bytes: Array("\(Self.upgrade)\r\n".utf8) + beginning))
                while slow.channel.isActive {
                    let answer = try await http(address, Self.get + "Connection: close\r\n\r\n")
                    #expect(answer.status == 200)
                }
                let said = await Self.rest(of: inbound)
                #expect(said.hasPrefix("HTTP/1.1 101 "))
                #expect(said.hasSuffix("\r\n\r\n"))
            }
        }
    }

    @Test(
        "by not going on with the encryption is cut off in time",
        arguments: [[], [0x16], [0x16, 0x03, 0x01, 0x00, 0xC8, 0x01, 0x00, 0x00, 0xC4, 0x03, 0x03]] as [[UInt8]])
    func encryption(beginning: [UInt8]) async throws {
        let certificate = try TemporaryFile(Certificates.localhost)
        let key = try TemporaryFile(Certificates.key)
        let configure = { (configuration: inout ServerConfiguration) in
            configuration.encryption = EncryptionFiles(certificate: certificate.path, key: key.path)
            configuration.headLimit = .milliseconds(50)
        }
        try await withServer(configure: configure) { _, address in
            let slow = try await Self.connect(address)
            try await slow.executeThenClose { inbound, outbound in
                // It may be too late for that already.
                if !beginning.isEmpty { try? await outbound.write(ByteBuffer(bytes: beginning)) }
                _ = await Self.rest(of: inbound)
            }
        }
    }
}
