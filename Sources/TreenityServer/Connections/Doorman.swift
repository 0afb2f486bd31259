import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import TreenityProtocol
import TreenityWebSocket

/// Listens, and finds out what each connection wants: WebSocket on `/patches`, or HTTP.
struct Doorman: Sendable {
    private let configuration: ServerConfiguration
    private let gate: Gate

    init(_ configuration: ServerConfiguration) {
        self.configuration = configuration
        gate = Gate(configuration)
    }

    func listen() async throws(ServerError) -> NIOAsyncChannel<Arrival, Never> {
        let address = try loopbackAddress()
        do {
            return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .bind(to: address, childChannelInitializer: prepare)
        } catch {
            throw .cannotListen("cannot listen on \(configuration.host):\(configuration.port): \(describe(error))")
        }
    }

    private func describe(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        switch error.errnoCode {
        case EADDRINUSE: return "something else listens there already"
        case EACCES: return "this user may not listen there"
        default: return String(cString: strerror(error.errnoCode))
        }
    }

    private func loopbackAddress() throws(ServerError) -> SocketAddress {
        let address: SocketAddress
        do {
            address = try SocketAddress.makeAddressResolvingHost(configuration.host, port: configuration.port)
        } catch {
            throw .unknownHost(configuration.host)
        }
        guard address.isLoopback else { throw .notLoopback(configuration.host) }
        return address
    }

    private func prepare(_ channel: any Channel) -> EventLoopFuture<Arrival> {
        channel.eventLoop.makeCompletedFuture {
            let guest = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
                configuration: NIOUpgradableHTTPServerPipelineConfiguration(upgradeConfiguration: upgrades))
            return Arrival(channel: channel, guest: guest)
        }
    }

    private var upgrades: NIOTypedHTTPServerUpgradeConfiguration<Guest> {
        let upgrader = WebSocketServerUpgrader(
            configuration.webSocket,
            admits: { channel, head in channel.eventLoop.makeSucceededFuture(answer(to: head)) },
            upgraded: { connection, head in Guest.webSocket(connection, head.offersSessions ? .frames : .bare) })
        return NIOTypedHTTPServerUpgradeConfiguration(upgraders: [upgrader]) { channel in
            channel.eventLoop.makeCompletedFuture {
                Guest.http(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
            }
        }
    }

    /// The headers with which an upgrade is admitted; `nil`: it is answered as HTTP, which says why.
    private func answer(to head: HTTPRequestHead) -> HTTPHeaders? {
        guard Route(head.uri) == .patches, gate.complaint(about: head) == nil else { return nil }
        return head.offersSessions ? ["Sec-WebSocket-Protocol": protocolVersion] : [:]
    }
}

extension HTTPRequestHead {
    fileprivate var offersSessions: Bool {
        headers[canonicalForm: "Sec-WebSocket-Protocol"].contains { $0 == protocolVersion }
    }
}

extension SocketAddress {
    /// Whether only this machine itself can reach the address.
    var isLoopback: Bool {
        switch self {
        case .v4: ipAddress?.hasPrefix("127.") == true
        case .v6: ipAddress == "::1"
        case .unixDomainSocket: true
        }
    }
}
