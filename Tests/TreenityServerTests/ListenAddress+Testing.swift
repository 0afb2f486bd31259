import TreenityServer

extension ListenAddress {
    /// Any port that is free, of the loopback interface.
    static let anyPort = ListenAddress.port(0, host: "127.0.0.1")
}

extension ListeningAddress {
    /// Where to connect to; empty for a socket in the file system.
    var host: String {
        guard case .port(_, let host) = place else { return "" }
        return host
    }

    /// Where to connect to; 0 for a socket in the file system.
    var port: Int {
        guard case .port(let port, _) = place else { return 0 }
        return port
    }
}
