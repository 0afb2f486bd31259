public import TreenityProtocol

/// Where a server listens, and what of its tree is to be opened.
public struct ServerAddress: Hashable, Sendable {
    /// A name or an IP address, an IPv6 address without its brackets.
    public let host: String
    /// The TCP port.
    public let port: Int
    /// Whether the connection is encrypted.
    public let isSecure: Bool
    /// The path of the stream of patches, with its query; starts with `/`.
    public let target: String
    /// What to open, where the address says so.
    public let opens: TreePath?

    /// The port where none is given.
    public static let defaultPort = 8733
    /// The path where none is given.
    public static let defaultTarget = "/patches"
}

extension ServerAddress {
    /// The host as it stands before a port.
    var bracketedHost: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host }

    /// The host with the port.
    public var endpoint: String { "\(bracketedHost):\(port)" }
}

extension ServerAddress: CustomStringConvertible {
    /// The address in full.
    public var description: String {
        "\(isSecure ? "wss" : "ws")://\(endpoint)\(target)" + (opens.map { "#\($0)" } ?? "")
    }
}
