import Logging
import NIOCore
import NIOHTTP1
import TreenityProtocol
import TreenityWebSocket

/// Makes connections to one server.
struct Dialer: Sendable {
    /// A WebSocket that stands.
    struct Dialed: Sendable {
        let connection: WebSocketConnection
        /// What the server chose of what was offered.
        let subprotocol: String?
    }

    let address: ServerAddress
    let options: ConnectionOptions

    /// Opens the WebSocket, offering `treenity.v1`.
    func dial() async throws(ConnectionFailure) -> Dialed {
        var head = try head(address.target)
        head.headers.add(name: "Sec-WebSocket-Protocol", value: protocolVersion)
        let encryption = try encryption()
        let upgrader = upgrader()
        return try await attempt(options.connectLimit).result { [head] channel, settled in
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
            let pipeline = channel.pipeline.syncOperations
            if let encryption { try pipeline.addHandler(encryption.handler()) }
            try pipeline.configureUpgradableHTTPClientPipeline(configuration: http).whenComplete { result in
                switch result {
                case .success(let dialed?): settled.succeed(dialed)
                case .success(nil): break
                case .failure(let error): settled.fail(error)
                }
            }
        }
    }

    /// Asks over HTTP for the whole tree, as one does of a bare server.
    func tree() async -> TreeAnswer {
        do throws(ConnectionFailure) {
            let head = try head("/" + TreePath.rootName)
            let encryption = try encryption()
            return try await attempt(options.treeLimit).result { channel, settled in
                let pipeline = channel.pipeline.syncOperations
                if let encryption { try pipeline.addHandler(encryption.handler()) }
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
    private func attempt(_ limit: TimeAmount) -> Attempt {
        Attempt(address: address, limit: limit, hasToken: options.token != nil, group: options.group)
    }

    private func encryption() throws(ConnectionFailure) -> Encryption? {
        address.isSecure ? try Encryption(to: address.host, authorities: options.authorities) : nil
    }

    private func upgrader() -> WebSocketClientUpgrader<Dialed?> {
        var configuration = WebSocketConfiguration()
        configuration.maximumMessageBytes = options.maximumMessageBytes
        configuration.pingsAtOnce = true
        return WebSocketClientUpgrader(configuration) { connection, response in
            Dialed(connection: connection, subprotocol: response.headers.first(name: "Sec-WebSocket-Protocol"))
        }
    }

    /// - Throws: A final failure where the token would break out of its line.
    private func head(_ target: String) throws(ConnectionFailure) -> HTTPRequestHead {
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: target)
        head.headers.add(name: "Host", value: address.endpoint)
        guard let token = options.token else { return head }
        guard !token.isEmpty, token.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw ConnectionFailure(reason: "the token is empty or holds blanks or control characters", isFinal: true)
        }
        head.headers.add(name: "Authorization", value: "Bearer \(token)")
        return head
    }
}
