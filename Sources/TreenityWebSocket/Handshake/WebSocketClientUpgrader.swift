public import NIOCore
public import NIOHTTP1
import NIOWebSocket

/// The client's side of the opening handshake, for NIO's typed upgrades: the headers and their check are NIO's, the
/// pipeline behind them is that of ``WebSocketConnection``.
public struct WebSocketClientUpgrader<UpgradeResult: Sendable>: NIOTypedHTTPClientProtocolUpgrader {
    private let handshake: NIOTypedWebSocketClientUpgrader<Void>
    private let configuration: WebSocketConfiguration
    private let upgraded: @Sendable (WebSocketConnection, HTTPResponseHead) -> UpgradeResult

    /// An upgrader with a random key.
    ///
    /// - Parameter upgraded: Gets the connection and the response, which tells the subprotocol; called on the event loop.
    public init(
        _ configuration: WebSocketConfiguration,
        upgraded: @escaping @Sendable (WebSocketConnection, HTTPResponseHead) -> UpgradeResult
    ) {
        handshake = NIOTypedWebSocketClientUpgrader { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
        self.configuration = configuration
        self.upgraded = upgraded
    }

    /// `websocket`.
    public var supportedProtocol: String { handshake.supportedProtocol }

    /// None.
    public var requiredUpgradeHeaders: [String] { handshake.requiredUpgradeHeaders }

    /// Adds the key, the version, and the offer to compress.
    public func addCustom(upgradeRequestHeaders: inout HTTPHeaders) {
        handshake.addCustom(upgradeRequestHeaders: &upgradeRequestHeaders)
        if configuration.deflates { upgradeRequestHeaders.add(name: Deflation.header, value: Deflation.offer) }
    }

    /// Whether the answer fits the key.
    public func shouldAllowUpgrade(upgradeResponse: HTTPResponseHead) -> Bool {
        handshake.shouldAllowUpgrade(upgradeResponse: upgradeResponse)
    }

    /// Makes the connection. Fails with a ``WebSocketHandshakeError`` where the server agrees to what was not offered.
    public func upgrade(channel: any Channel, upgradeResponse: HTTPResponseHead) -> EventLoopFuture<UpgradeResult> {
        channel.eventLoop.makeCompletedFuture {
            let extensions = upgradeResponse.headers[canonicalForm: Deflation.header]
            let deflation = try Deflation.agreed(in: extensions, isOffered: configuration.deflates)
            let connection = try WebSocketConnection(
                upgraded: channel, as: .client, configuration, deflation: deflation)
            return upgraded(connection, upgradeResponse)
        }
    }
}
