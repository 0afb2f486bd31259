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

    /// Adds the key and the version.
    public func addCustom(upgradeRequestHeaders: inout HTTPHeaders) {
        handshake.addCustom(upgradeRequestHeaders: &upgradeRequestHeaders)
    }

    /// Whether the answer fits the key.
    public func shouldAllowUpgrade(upgradeResponse: HTTPResponseHead) -> Bool {
        handshake.shouldAllowUpgrade(upgradeResponse: upgradeResponse)
    }

    /// Makes the connection.
    public func upgrade(channel: any Channel, upgradeResponse: HTTPResponseHead) -> EventLoopFuture<UpgradeResult> {
        channel.eventLoop.makeCompletedFuture {
            let connection = try WebSocketConnection(upgraded: channel, as: .client, configuration)
            return upgraded(connection, upgradeResponse)
        }
    }
}
