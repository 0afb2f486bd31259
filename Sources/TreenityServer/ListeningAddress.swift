/// Where a server listens.
public struct ListeningAddress: Hashable, Sendable {
    /// The place, with the real port where any was asked for.
    public let place: ListenAddress
    /// Whether connections are encrypted there.
    public let isEncrypted: Bool

    /// The address for clients: `ws://127.0.0.1:8733/patches`, `wss://…` or `unix:/path/to.sock`.
    public var url: String {
        switch place {
        case .port: "\(isEncrypted ? "wss" : "ws")://\(place)/patches"
        case .socket: place.description
        }
    }
}
