import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import TreenityProtocol
import TreenityWebSocket

/// Makes connections to one server.
struct Dialer: Sendable {
    /// A WebSocket that stands.
    struct Dialed: Sendable {
        let connection: WebSocketConnection
        /// What the server chose of what was offered.
        let subprotocol: String?
        /// Where it leads: not where it was asked for, if there was a redirect.
        let destination: Destination
    }

    /// What comes of asking for a WebSocket.
    enum Opening: Sendable {
        case dialed(Dialed)
        case redirect(to: String)
    }

    let address: ServerAddress
    let options: ConnectionOptions

    /// Opens the WebSocket, offering `treenity.v1`. One redirect is followed.
    func dial() async throws(ConnectionFailure) -> Dialed {
        let first = Destination(address: address, token: options.token, encryption: options.encryption)
        switch try await open(first) {
        case .dialed(let dialed): return dialed
        case .redirect(let location):
            let second = try first.redirected(to: location)
            options.logger.debug("redirected", metadata: ["to": "\(second.address.endpoint)"])
            switch try await open(second) {
            case .dialed(let dialed): return dialed
            case .redirect:
                throw ConnectionFailure(
                    reason: "\(first.address.endpoint) redirects to \(second.address), which redirects once more: "
                        + "name the server where it really is")
            }
        }
    }

    /// Asks over HTTP for the whole tree, as one does of a bare server, there where its WebSocket stands.
    func tree(of dialed: Dialed) async -> TreeAnswer {
        do throws(ConnectionFailure) {
            let head = head("/" + TreePath.rootName, to: dialed.destination)
            return try await attempt(dialed.destination, options.treeLimit).result { channel, settled in
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHTTPClientHandlers()
                try pipeline.addHandler(TreeHandler(settled))
                channel.write(HTTPClientRequestPart.head(head), promise: nil)
                channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
            }
        } catch {
            options.logger.debug("no tree", metadata: ["reason": "\(error.reason)"])
            return .none
        }
    }
}

extension Dialer {
    private func open(_ destination: Destination) async throws(ConnectionFailure) -> Opening {
        var head = head(destination.address.target, to: destination)
        head.headers.add(name: "Sec-WebSocket-Protocol", value: protocolVersion)
        let upgrader = upgrader(destination)
        return try await attempt(destination, options.connectLimit).result { [head] channel, settled in
            let upgrade = NIOTypedHTTPClientUpgradeConfiguration<Dialed?>(
                upgradeRequestHead: head, upgraders: [upgrader],
                notUpgradingCompletionHandler: { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(RefusalHandler(settled))
                        return nil
                    }
                })
            var http = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: upgrade)
            // A server may greet in the same packet as it upgrades.
            http.leftOverBytesStrategy = .forwardBytes
            try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(configuration: http)
                .whenComplete { result in
                    switch result {
                    case .success(let dialed?): settled.succeed(.dialed(dialed))
                    case .success(nil): break
                    case .failure(let error): settled.fail(error)
                    }
                }
        }
    }

    private func attempt(_ destination: Destination, _ limit: TimeAmount) throws(ConnectionFailure) -> Attempt {
        let proxy = try options.proxy.proxy(for: destination.address)
        return Attempt(
            route: Route(destination: destination, proxy: proxy), limit: limit,
            group: options.group ?? MultiThreadedEventLoopGroup.singleton)
    }

    private func upgrader(_ destination: Destination) -> WebSocketClientUpgrader<Dialed?> {
        var configuration = WebSocketConfiguration()
        configuration.maximumMessageBytes = options.maximumMessageBytes
        configuration.pingsAtOnce = true
        // Whoever has edited something is told soon that nobody answers.
        configuration.answerLimit = .seconds(2)
        configuration.pongLimit = .seconds(5)
        return WebSocketClientUpgrader(configuration) { connection, response in
            Dialed(
                connection: connection, subprotocol: response.headers.first(name: "Sec-WebSocket-Protocol"),
                destination: destination)
        }
    }

    private func head(_ target: String, to destination: Destination) -> HTTPRequestHead {
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: target)
        head.headers.add(name: "Host", value: destination.address.endpoint)
        if let token = destination.token { head.headers.add(name: "Authorization", value: token.authorization) }
        return head
    }
}
