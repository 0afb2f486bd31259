public import Logging
import NIOCore
import TreenityWebSocket

/// How a server is set up.
public struct ServerConfiguration: Sendable {
    /// Where to listen. Without ``tokens`` nobody has to prove who they are, and addresses that other machines can reach
    /// are refused.
    public var addresses = [ListenAddress.port(ListenAddress.defaultPort, host: ListenAddress.defaultHost)]
    /// The path of the file of tokens (see ``TokenFile``); `nil`: nobody needs one.
    public var tokens: String?
    /// The paths of the certificate and its key; `nil`: connections are not encrypted.
    public var encryption: EncryptionFiles?
    /// The longest message that is taken, in bytes of its payload; above it the connection is closed (1009).
    public var maximumMessageBytes = 1 << 20
    /// The most patches in a batch.
    public var maximumBatch = 1_000
    /// Patches that would make the tree larger are refused when it has so many nodes.
    public var maximumNodes = Int.max
    /// The most subscriptions of a session.
    public var maximumSubscriptions = 256
    /// How many patches a second are taken of one user, on average; `nil`: any number.
    public var patchesPerSecond: Int?
    /// How many bytes may wait for a peer before it is cut off (1013); 64 KiB may always.
    public var maximumQueuedBytes = 16 << 20
    /// The most connections at once; beyond it peers are asked to come back later (503).
    public var maximumConnections = 10_000
    /// The most connections at once from one IPv4 address or one /64 network of IPv6. This machine itself has no such
    /// limit: behind a proxy on it all come from there.
    public var maximumConnectionsPerOrigin = 1_000
    /// Origins of web pages that may connect beside the server's own, as browsers write them: `https://tree.example`.
    public var allowedOrigins: Set<String> = []
    /// How long a new connection may take until it has said what it wants, encryption included.
    var headLimit = TimeAmount.seconds(10)
    /// How long a connection may ask for nothing, or take nothing of an answer, before it is closed.
    var idleLimit = TimeAmount.seconds(60)
    /// After how much silence of its peer a WebSocket connection is given up.
    var silenceLimit = WebSocketConfiguration().silenceLimit
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
    /// The longest head of a request, in bytes.
    static let maximumHeadBytes = 16 << 10

    var webSocket: WebSocketConfiguration {
        var webSocket = WebSocketConfiguration()
        webSocket.maximumMessageBytes = maximumMessageBytes
        webSocket.silenceLimit = silenceLimit
        webSocket.closingLimit = closingLimit
        return webSocket
    }

    var limits: Limits {
        var limits = Limits(maximumMessageBytes: maximumMessageBytes, maximumBatch: maximumBatch)
        limits.maximumNodes = maximumNodes
        limits.maximumSubscriptions = maximumSubscriptions
        limits.patchesPerSecond = patchesPerSecond
        return limits
    }
}
