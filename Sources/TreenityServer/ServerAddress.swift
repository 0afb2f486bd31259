/// Where a server listens.
public struct ServerAddress: Hashable, Sendable {
    /// The name or number of the host.
    public let host: String
    /// The port, the real one where any was asked for.
    public let port: Int

    /// The address for clients: `ws://127.0.0.1:8733/patches`.
    public var url: String { "ws://\(host.contains(":") ? "[\(host)]" : host):\(port)/patches" }
}
