import Logging
import NIOCore
import NIOPosix
import Testing
import TreenityProtocol
import TreenityWebSocket

@testable import TreenityServer

/// How a server begins and ends.
@Suite(.timeLimit(.minutes(5))) struct TreeServerLifeTests {
    @Test("A server that is cancelled closes its sessions with 1001")
    func shutdown() async throws {
        let (ends, ended) = AsyncStream<WebSocketEnd>.makeStream()
        try await withThrowingDiscardingTaskGroup { group in
            let (connections, connected) = AsyncStream<Void>.makeStream()
            let (addresses, listening) = AsyncStream<ListeningAddress>.makeStream()
            group.addTask {
                for await address in addresses {
                    let end = try await Peer.connect(to: address) { peer in
                        _ = try await peer.next()
                        connected.yield()
                        #expect(await peer.nextMessage() == nil)
                    }
                    ended.yield(end)
                    return
                }
            }
            try await withServer { _, address in
                listening.yield(address)
                for await _ in connections { break }
            }
        }
        for await end in ends {
            #expect(code(end) == .goingAway)
            break
        }
    }

    @Test("A connection that never says anything does not keep a cancelled server")
    func idleConnection() async throws {
        try await withServer { _, address in
            _ = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: address.host, port: address.port).get()
        }
    }

    @Test(
        "Without proof of who connects, only loopback addresses are listened on",
        arguments: ["0.0.0.0", "::", "10.0.0.1"])
    func loopbackOnly(host: String) async {
        var configuration = ServerConfiguration(logger: Logger(label: "test"))
        configuration.addresses = [.port(0, host: host)]
        let server = TreeServer(configuration)
        await #expect(throws: ServerError.self) { try await server.run { _ in Issue.record("it listens") } }
    }

    @Test("A port that is taken is a plain error")
    func takenPort() async throws {
        try await withServer { _, address in
            var configuration = ServerConfiguration(logger: Logger(label: "test"))
            configuration.addresses = [address.place]
            let second = TreeServer(configuration)
            let error = await #expect(throws: ServerError.self) { try await second.run { _ in } }
            #expect(
                error?.description == "cannot listen on 127.0.0.1:\(address.port): something else listens there already"
            )
        }
    }
}
