import ArgumentParser

/// `ws://HOST:PORT`, `wss://HOST:PORT`, with or without a path.
struct WebSocketURL: Hashable, Sendable {
    var isSecure: Bool
    var endpoint: Endpoint
    /// Without a slash at its end.
    var path: String
}

extension WebSocketURL: CustomStringConvertible {
    var description: String { "\(isSecure ? "wss" : "ws")://\(endpoint)\(path)" }
}

extension WebSocketURL: ExpressibleByArgument {
    init?(argument: String) {
        let isSecure = argument.hasPrefix("wss://")
        guard isSecure || argument.hasPrefix("ws://") else { return nil }
        let rest = argument.dropFirst(isSecure ? 6 : 5)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = String(rest[..<slash])
        var path = rest[slash...]
        while path.hasSuffix("/") { path.removeLast() }
        guard path.utf8.allSatisfy({ 0x21...0x7E ~= $0 }), !path.contains("?"), !path.contains("#") else { return nil }
        guard
            let endpoint = Endpoint(argument: authority) ?? Endpoint(argument: authority + (isSecure ? ":443" : ":80"))
        else { return nil }
        self.init(isSecure: isSecure, endpoint: endpoint, path: String(path))
    }
}
