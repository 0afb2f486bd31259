public import Logging
public import NIOCore

/// How to connect to a server.
public struct ConnectionOptions: Sendable {
    /// Proves who the user is.
    public var token: Token?
    /// How encrypted connections tell whom they speak to.
    public var encryption = EncryptionOptions()
    /// Through whom servers are reached.
    public var proxy = ProxyOptions.none
    /// How long an attempt to connect may take.
    public var connectLimit: TimeAmount = .seconds(10)
    /// How long a bare server may take to answer with the whole tree.
    public var treeLimit: TimeAmount = .seconds(60)
    /// The longest message that is taken, in bytes.
    public var maximumMessageBytes = 64 << 20
    /// Where the time between attempts passes.
    public var clock: any Clock<Duration> = ContinuousClock()
    /// Spreads the attempts of many clients.
    public var randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    /// Where the network's work is done; `nil`: on the process's own loops, which begin with the first connection.
    public var group: (any EventLoopGroup)?
    /// Where problems are written; nowhere by default.
    public var logger = Logger(label: "treenity.client") { _ in SwiftLogNoOpLogHandler() }

    /// What fits most.
    public init() {}
}
