import NIOCore
import NIOPosix
import Testing
import TreenityProtocol

@testable import TreenityServer

@Suite("A server", .timeLimit(.minutes(5)))
struct LimitTests {
    private typealias RawChannel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private static func connect(_ address: ListeningAddress) async throws -> RawChannel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture { try RawChannel(wrappingChannelSynchronously: channel) }
            }
    }

    private static let get = "GET /tree HTTP/1.1\r\nHost: localhost\r\n"

    @Test("with as many connections as it may have asks to come back later, until one leaves")
    func connections() async throws {
        try await withServer(["n": 1], configure: { $0.maximumConnections = 1 }) { _, address in
            try await Peer.connect(to: address) { peer in
                _ = try await peer.next()
                let refused = try await http(address, Self.get + "\r\n")
                #expect(refused.status == 503)
                #expect(refused.headers.contains("Retry-After: 10"))
                #expect(refused.body == "the server has as many connections as it may have; try again later\n")
            }
            var status = 503
            // The server hears of the end of a connection a little later than its peer.
            while status == 503 {
                status = try await http(address, Self.get + "Connection: close\r\n\r\n").status
            }
            #expect(status == 200)
        }
    }

    @Test("does not wait long for a request", arguments: ["", "GET /tree HTTP/1.1\r\nHost: loc", "GET /tr"])
    func slowHead(beginning: String) async throws {
        try await withServer(configure: { $0.headLimit = .milliseconds(50) }) { _, address in
            let channel = try await Self.connect(address)
            // What the server has not read by then makes a reset of its closing.
            try? await channel.executeThenClose { inbound, outbound in
                if !beginning.isEmpty { try await outbound.write(ByteBuffer(string: beginning)) }
                for try await part in inbound { Issue.record("an answer: \(String(buffer: part))") }
            }
        }
    }

    @Test(
        "does not wait long for the next request, nor for the rest of it", arguments: ["", "GET /tree HTTP/1.1\r\nHo"])
    func idle(beginning: String) async throws {
        try await withServer(["n": 1], configure: { $0.idleLimit = .seconds(1) }) { _, address in
            let answer = try await http(address, Self.get + "\r\n" + Self.get + "\r\n" + beginning)
            #expect(answer.status == 200)
            #expect(answer.body.hasSuffix("\r\n\r\n{\"n\":1}"))
        }
    }

    @Test("does not wait for a peer that takes nothing of its answer")
    func slowReader() async throws {
        let document: JSONValue = ["n": .string(String(repeating: "x", count: 8 << 20))]
        try await withServer(document, configure: { $0.idleLimit = .milliseconds(200) }) { _, address in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false)
                .connect(host: address.host, port: address.port).get()
            try await channel.writeAndFlush(ByteBuffer(string: Self.get + "\r\n"))
            let answered = try await http(address, "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n").status
            #expect(answered == 200)
            // The server resets the connection, as there is much that it did not get rid of.
            try await channel.setOption(.autoRead, value: true).get()
            try await channel.closeFuture.get()
        }
    }

    @Test(
        "closes at once what is no HTTP",
        arguments: ["nonsense\r\n\r\n", "GET /tree HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}"])
    func nonsense(bytes: String) async throws {
        try await withServer(configure: { $0.headLimit = .hours(1) }) { _, address in
            let answer = try await http(address, bytes)
            #expect(answer.status == 400)
        }
    }

    @Test("takes heads of 16 KiB and no more", arguments: [(15 << 10, 200), (17 << 10, 400)])
    func largeHead(bytes: Int, status: Int) async throws {
        try await withServer { _, address in
            for head in [
                Self.get + "X: \(String(repeating: "x", count: bytes))\r\n",
                Self.get + (0..<(bytes / 100)).map { "X\($0): \(String(repeating: "x", count: 96))\r\n" }.joined(),
                "GET /tree?\(String(repeating: "x", count: bytes)) HTTP/1.1\r\nHost: localhost\r\n",
            ] {
                let answer = try await http(address, head + "Connection: close\r\n\r\n")
                #expect(answer.status == status)
            }
        }
    }
}
