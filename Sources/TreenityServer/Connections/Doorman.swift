import Glibc
import Logging
import NIOCore
import NIOPosix

/// Listens at all the places of a configuration.
struct Doorman: Sendable {
    private let configuration: ServerConfiguration
    private let lobby: Lobby

    init(_ configuration: ServerConfiguration, _ door: Door) {
        self.configuration = configuration
        lobby = Lobby(configuration, door)
    }

    /// At every place, or where one cannot be had at none.
    func listen() async throws(ServerError) -> Reception {
        let (arrivals, arrived) = AsyncStream<Arrival>.makeStream()
        var listeners: [Reception.Listener] = []
        do throws(ServerError) {
            for address in configuration.addresses { listeners.append(try await listen(at: address, arrived)) }
        } catch {
            await Reception.close(listeners)
            throw error
        }
        return Reception(listeners: listeners, arrivals: arrivals)
    }

    private func listen(
        at address: ListenAddress, _ arrived: AsyncStream<Arrival>.Continuation
    ) async throws(ServerError) -> Reception.Listener {
        switch address {
        case .port(let port, let host): try await listen(host, port, arrived)
        case .socket(let path): try await listen(path, arrived)
        }
    }

    private func listen(
        _ host: String, _ port: Int, _ arrived: AsyncStream<Arrival>.Continuation
    ) async throws(ServerError) -> Reception.Listener {
        let address = try resolve(host, port)
        let isEncrypted = configuration.encryption != nil
        let lobby = lobby
        let channel: any Channel
        do {
            channel =
                try await bootstrap
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { lobby.receive($0, isEncrypted: isEncrypted, arrived) }
                .bind(to: address).get()
        } catch {
            throw .cannotListen("cannot listen on \(ListenAddress.port(port, host: host)): \(describe(error))")
        }
        if !isEncrypted, !address.isLoopback {
            configuration.logger.warning(
                "connections are not encrypted: whoever is on the way can read tokens and data",
                metadata: ["address": "\(ListenAddress.port(port, host: host))"])
        }
        let place = ListenAddress.port(channel.localAddress?.port ?? port, host: host)
        return Reception.Listener(
            address: ListeningAddress(place: place, isEncrypted: isEncrypted), channel: channel, file: nil)
    }

    private func listen(
        _ path: String, _ arrived: AsyncStream<Arrival>.Continuation
    ) async throws(ServerError) -> Reception.Listener {
        let file = try SocketFile(at: path)
        let lobby = lobby
        do {
            let channel =
                try await bootstrap
                .childChannelInitializer { lobby.receive($0, isEncrypted: false, arrived) }
                .withBoundSocket(file.descriptor).get()
            let address = ListeningAddress(place: .socket(path: path), isEncrypted: false)
            return Reception.Listener(address: address, channel: channel, file: file)
        } catch {
            file.remove()
            throw .cannotListen("cannot listen on \(path): \(describe(error))")
        }
    }

    private var bootstrap: ServerBootstrap {
        ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).serverChannelOption(.backlog, value: 1024)
    }

    private func describe(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        switch error.errnoCode {
        case EADDRINUSE: return "something else listens there already"
        case EACCES: return "this user may not listen there"
        default: return String(cString: strerror(error.errnoCode)).lowercased()
        }
    }

    /// Where nobody has to prove who they are, loopback addresses only.
    private func resolve(_ host: String, _ port: Int) throws(ServerError) -> SocketAddress {
        let address: SocketAddress
        do {
            address = try SocketAddress.makeAddressResolvingHost(host, port: port)
        } catch {
            throw .unknownHost(host)
        }
        guard configuration.tokens != nil || address.isLoopback else { throw .notLoopback(host) }
        return address
    }
}
