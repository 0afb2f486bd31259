import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import TreenityWebSocket

/// Opens WebSockets to one server.
struct Connector: Sendable {
    let url: WebSocketURL
    private let configuration: WebSocketConfiguration
    private let encryption: NIOSSLContext?

    /// - Parameter authorities: A PEM file of whom to trust instead of the system's authorities.
    init(_ url: WebSocketURL, _ configuration: WebSocketConfiguration, authorities: String?) throws(Failure) {
        self.url = url
        self.configuration = configuration
        guard url.isSecure else {
            encryption = nil
            return
        }
        var tls = TLSConfiguration.makeClientConfiguration()
        if let authorities { tls.trustRoots = .file(authorities) }
        do {
            encryption = try NIOSSLContext(configuration: tls)
        } catch {
            throw Failure("\(authorities ?? "the system's authorities") cannot be read: \(Failure.words(for: error))")
        }
    }

    /// How long a server has to answer.
    private static let limit = TimeAmount.seconds(30)

    /// Opens the WebSocket at this target below the URL. Cancellation ends the wait.
    func connect(_ target: String) async throws(Failure) -> WebSocketConnection {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let opened = loop.makePromise(of: WebSocketConnection.self)
        let timeout = loop.scheduleTask(in: Self.limit) { opened.fail(ChannelError.connectTimeout(Self.limit)) }
        defer { timeout.cancel() }
        ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: url.endpoint.host, port: url.endpoint.port)
            .whenComplete { connected in
                do {
                    let channel = try connected.get()
                    opened.futureResult.whenFailure { _ in channel.close(promise: nil) }
                    try prepare(channel, target, opened)
                } catch {
                    opened.fail(error)
                }
            }
        do {
            return try await withTaskCancellationHandler {
                try await opened.futureResult.get()
            } onCancel: {
                opened.fail(CancellationError())
            }
        } catch {
            throw Failure("cannot open \(url)\(target): \(Failure.words(for: error))")
        }
    }

    private func prepare(
        _ channel: any Channel, _ target: String, _ opened: EventLoopPromise<WebSocketConnection>
    ) throws {
        let upgrader = WebSocketClientUpgrader<WebSocketConnection?>(configuration) { connection, _ in connection }
        let upgrade = NIOTypedHTTPClientUpgradeConfiguration<WebSocketConnection?>(
            upgradeRequestHead: request(target), upgraders: [upgrader],
            notUpgradingCompletionHandler: { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(RefusalHandler(opened))
                    return nil
                }
            })
        var http = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: upgrade)
        // A server may greet in the same packet as it upgrades.
        http.leftOverBytesStrategy = .forwardBytes
        let pipeline = channel.pipeline.syncOperations
        if let encryption {
            try pipeline.addHandler(NIOSSLClientHandler(context: encryption, serverHostname: serverName))
        }
        try pipeline.configureUpgradableHTTPClientPipeline(configuration: http).whenComplete { result in
            switch result {
            case .success(let connection?): opened.succeed(connection)
            case .success(nil): break
            case .failure(let error): opened.fail(error)
            }
        }
        try pipeline.addHandler(FailureWatch(opened))
    }

    /// Where the host is an IP address, that is checked instead of a name.
    private var serverName: String? {
        (try? SocketAddress(ipAddress: url.endpoint.host, port: 0)) == nil ? url.endpoint.host : nil
    }

    private func request(_ target: String) -> HTTPRequestHead {
        HTTPRequestHead(version: .http1_1, method: .GET, uri: url.path + target, headers: ["Host": "\(url.endpoint)"])
    }
}
