/// How a ``PatchConnectionPool`` shares its sockets.
public struct PoolOptions: Sendable {
    /// How the streams work.
    public var streams = StreamOptions()
    /// How many streams share a socket before another one is opened to the same server.
    public var streamsPerSocket = 32
    /// How long a socket stays open without streams: whoever comes back soon finds it ready.
    public var idleTime: Duration = .seconds(30)

    /// What fits most.
    public init() {}
}
