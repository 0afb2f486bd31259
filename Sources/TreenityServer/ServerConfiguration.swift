public import Logging
import TreenityWebSocket

/// How a server is set up.
public struct ServerConfiguration: Sendable {
    /// The address to listen on: a loopback address or a name of one. Nobody has to prove who they are, so that others
    /// are refused.
    public var host = "127.0.0.1"
    /// The port to listen on; 0: any that is free.
    public var port = 8733
    /// The longest message that is taken, in bytes of its payload; above it the connection is closed (1009).
    public var maximumMessageBytes = 1 << 20
    /// The most patches in a batch.
    public var maximumBatch = 1_000
    /// How many bytes may wait for a peer before it is cut off (1013).
    public var maximumQueuedBytes = 16 << 20
    /// Origins of web pages that may connect beside the server's own, as browsers write them: `https://tree.example`.
    public var allowedOrigins: Set<String> = []
    /// How long a peer has for its part of closing a connection.
    var closingLimit = WebSocketConfiguration().closingLimit
    /// Gets what happens.
    public var logger: Logger

    /// A server of the defaults.
    public init(logger: Logger) {
        self.logger = logger
    }
}

extension ServerConfiguration {
    var webSocket: WebSocketConfiguration {
        var webSocket = WebSocketConfiguration()
        webSocket.maximumMessageBytes = maximumMessageBytes
        webSocket.closingLimit = closingLimit
        return webSocket
    }

    var limits: Limits { Limits(maximumMessageBytes: maximumMessageBytes, maximumBatch: maximumBatch) }
}
