import NIOCore
import NIOHTTP1
import NIOPosix
import TreenityWebSocket

/// Accepts WebSockets and sends back what they send.
struct EchoServer: Sendable {
    let endpoint: Endpoint
    let configuration: WebSocketConfiguration

    private typealias Arrival = EventLoopFuture<WebSocketConnection?>

    /// Serves until the task is cancelled.
    ///
    /// - Parameter onListening: called once, with the real port.
    func run(onListening: @Sendable (Endpoint) -> Void) async throws(Failure) {
        let listener = try await listen()
        onListening(Endpoint(host: endpoint.host, port: listener.channel.localAddress?.port ?? endpoint.port))
        let failure = await withDiscardingTaskGroup { group in
            defer { group.cancelAll() }
            do {
                try await listener.executeThenClose { arrivals in
                    for try await arrival in arrivals {
                        group.addTask { _ = await (try? arrival.get())?.flatMap { $0 }?.echo() }
                    }
                }
                return nil as (any Error)?
            } catch {
                return error
            }
        }
        if let failure, !Task.isCancelled {
            throw Failure("\(endpoint) takes no more connections: \(Failure.words(for: failure))")
        }
    }

    private func listen() async throws(Failure) -> NIOAsyncChannel<Arrival, Never> {
        do {
            return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .bind(host: endpoint.host, port: endpoint.port, childChannelInitializer: prepare)
        } catch {
            throw Failure("cannot listen on \(endpoint): \(Failure.words(for: error))")
        }
    }

    private func prepare(_ channel: any Channel) -> EventLoopFuture<Arrival> {
        channel.eventLoop.makeCompletedFuture {
            let upgrader = WebSocketServerUpgrader<WebSocketConnection?>(
                configuration, admits: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
                upgraded: { connection, _ in connection })
            let upgrades = NIOTypedHTTPServerUpgradeConfiguration(upgraders: [upgrader]) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(UpgradeRequired())
                    return nil
                }
            }
            return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
                configuration: NIOUpgradableHTTPServerPipelineConfiguration(upgradeConfiguration: upgrades))
        }
    }
}
