public import NIOCore

/// The limits of a WebSocket connection.
public struct WebSocketConfiguration: Hashable, Sendable {
    /// The longest message that is taken, in bytes: above it the connection is closed with 1009.
    public var maximumMessageBytes = 16 << 20
    /// Whether binary messages are taken, or the connection is closed with 1003.
    public var acceptsBinary = false
    /// Whether messages may be compressed (permessage-deflate, RFC 7692): a client offers it, a server agrees where it is
    /// offered.
    public var deflates = true
    /// The shortest message, in bytes, that a ``WebSocketWriter`` compresses: below that it is hardly worth the time.
    public var minimumDeflatedBytes = 512
    /// How often the peer is pinged.
    public var pingInterval: TimeAmount = .seconds(20)
    /// Whether the first ping goes out at once, to know soon how far the peer is, or after one interval.
    public var pingsAtOnce = false
    /// After how long something sent, to which nothing has come back, is followed by a ping before its time: who waits for
    /// an answer soon knows whether one can come. `nil`: pings keep their rhythm.
    public var answerLimit: TimeAmount?
    /// After how long a ping without an answer is spoken of.
    public var pongLimit: TimeAmount = .seconds(10)
    /// After how much silence the peer is given up. Silence is time spent waiting for bytes: while nothing is read
    /// because the consumer is slow, the peer is not silent.
    public var silenceLimit: TimeAmount = .seconds(45)
    /// How many bytes a second a message has to come with: a server closes with 1008 where it comes slower.
    public var slowestBytes = 512
    /// For how long a message may come as slowly as it likes. Only time spent waiting for bytes counts.
    public var slownessLimit: TimeAmount = .seconds(60)
    /// How long the other end has for its part of the closing handshake.
    public var closingLimit: TimeAmount = .seconds(5)

    /// What the protocol says.
    public init() {}
}

extension WebSocketConfiguration {
    /// The longest frame that is taken. What does not compress grows a little when it is compressed all the same, and
    /// zlib counts in 32 bits.
    func maximumFrameBytes(compressed: Bool) -> Int {
        guard compressed else { return maximumMessageBytes }
        let growth = (maximumMessageBytes >> 10) + 256
        return min(maximumMessageBytes, Int(UInt32.max) - growth) + growth
    }
}
