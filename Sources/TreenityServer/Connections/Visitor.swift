import NIOCore

/// From where a connection comes.
struct Visitor: Hashable, Sendable {
    /// Whether it comes from this machine: over a loopback address or a socket in the file system.
    let isLocal: Bool
    /// The network that answers for it: its IPv4 address, or the first half of its IPv6 address, which belongs to one
    /// customer of a provider as a rule; `nil`: this machine.
    let origin: String?

    /// A connection from this machine.
    static let local = Visitor(isLocal: true, origin: nil)

    private init(isLocal: Bool, origin: String?) {
        self.isLocal = isLocal
        self.origin = origin
    }

    /// - Parameter address: of the peer; `nil`: it has left already.
    init(_ address: SocketAddress?) {
        switch address {
        case .unixDomainSocket: self = .local
        case let address? where address.isLoopback: self = .local
        case let address?: self.init(isLocal: false, origin: address.network)
        case nil: self.init(isLocal: false, origin: "unknown")
        }
    }
}

extension SocketAddress {
    /// Whether only this machine itself can reach the address.
    var isLoopback: Bool {
        switch self {
        case .v4: ipAddress?.hasPrefix("127.") == true
        // The second is IPv4 through a socket for both.
        case .v6: ipAddress == "::1" || ipAddress?.hasPrefix("::ffff:127.") == true
        case .unixDomainSocket: true
        }
    }

    fileprivate var network: String {
        guard case .v6 = self else { return ipAddress ?? "unknown" }
        // In a sockaddr_in6 the 16 bytes of the address follow family, port and flow (RFC 3493, section 3.3).
        let bytes = withSockAddr { address, size in
            Array(UnsafeRawBufferPointer(start: address, count: size)[8..<24])
        }
        let isMapped = bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return (isMapped ? bytes[...] : bytes.prefix(8)).map { String($0, radix: 16) }.joined(separator: ":")
    }
}
