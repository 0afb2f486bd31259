public import NIOCore
public import NIOHTTP1
import NIOWebSocket

/// The server's side of the opening handshake, for NIO's typed upgrades: the headers and their check are NIO's, the
/// pipeline behind them is that of ``WebSocketConnection``.
public struct WebSocketServerUpgrader<UpgradeResult: Sendable>: NIOTypedHTTPServerProtocolUpgrader {
    private let handshake: NIOTypedWebSocketServerUpgrader<Void>
    private let configuration: WebSocketConfiguration
    private let upgraded: @Sendable (WebSocketConnection, HTTPRequestHead) -> UpgradeResult

    /// An upgrader that takes what `admits` takes.
    ///
    /// - Parameters:
    ///   - admits: The additional headers of the answer, as the chosen `Sec-WebSocket-Protocol`; `nil` leaves the request
    ///     to be answered as HTTP, by handlers that `notUpgradingCompletionHandler` adds before it returns.
    ///   - upgraded: Gets the connection and the request; called on the event loop.
    public init(
        _ configuration: WebSocketConfiguration,
        admits: @escaping @Sendable (any Channel, HTTPRequestHead) -> EventLoopFuture<HTTPHeaders?>,
        upgraded: @escaping @Sendable (WebSocketConnection, HTTPRequestHead) -> UpgradeResult
    ) {
        handshake = NIOTypedWebSocketServerUpgrader(
            shouldUpgrade: admits,
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })
        self.configuration = configuration
        self.upgraded = upgraded
    }

    /// `websocket`.
    public var supportedProtocol: String { handshake.supportedProtocol }

    /// None.
    public var requiredUpgradeHeaders: [String] { handshake.requiredUpgradeHeaders }

    /// The headers of the answer, or a failure where the handshake is refused.
    public func buildUpgradeResponse(
        channel: any Channel, upgradeRequest: HTTPRequestHead, initialResponseHeaders: HTTPHeaders
    ) -> EventLoopFuture<HTTPHeaders> {
        handshake.buildUpgradeResponse(
            channel: channel, upgradeRequest: upgradeRequest, initialResponseHeaders: initialResponseHeaders
        )
        .hop(to: channel.eventLoop)
        .map { headers in
            var headers = headers
            if let deflation = deflation(for: upgradeRequest) {
                headers.add(name: Deflation.header, value: deflation.answer)
            }
            return headers
        }
        .flatMapErrorThrowing { error in
            try channel.pipeline.syncOperations.addHandler(RefusedUpgradeReplay(upgradeRequest))
            throw error
        }
    }

    private func deflation(for request: HTTPRequestHead) -> Deflation? {
        configuration.deflates ? Deflation(offers: request.headers[canonicalForm: Deflation.header]) : nil
    }

    /// Makes the connection.
    public func upgrade(channel: any Channel, upgradeRequest: HTTPRequestHead) -> EventLoopFuture<UpgradeResult> {
        channel.eventLoop.makeCompletedFuture {
            let connection = try WebSocketConnection(
                upgraded: channel, as: .server, configuration, deflation: deflation(for: upgradeRequest))
            return upgraded(connection, upgradeRequest)
        }
    }
}
