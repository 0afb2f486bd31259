/// Somebody who makes connections for us, as told in a variable of the environment.
struct Proxy: Hashable, Sendable {
    let host: String
    let port: Int
    /// Whether the connection to it is encrypted.
    let isSecure: Bool
    /// The value of the header `Proxy-Authorization`; `nil`: none.
    let authorization: Secret?
    /// Which variable told of it.
    let variable: String

    /// The host with the port.
    var endpoint: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension Proxy {
    /// Reads `[http://|https://][user:password@]host[:port]`; the port is 80 or 443 where none is given.
    ///
    /// - Throws: ``ConnectionFailure`` for a kind that is not known, such as SOCKS, and for what is none. It is final,
    ///   names the variable, and shows nothing of the user and password.
    init(parsing text: String, of variable: String) throws(ConnectionFailure) {
        func failure(_ problem: String) -> ConnectionFailure {
            ConnectionFailure(reason: "the proxy in \(variable) cannot be used: \(problem)", isFinal: true)
        }
        var rest = Substring(text)
        var isSecure = false
        if let end = rest.firstIndex(of: ":"), rest[end...].hasPrefix("://") {
            switch rest[..<end].lowercased() {
            case "http": break
            case "https": isSecure = true
            case let scheme: throw failure("“\(scheme)://” is not known; http:// and https:// are")
            }
            rest = rest[end...].dropFirst(3)
        }
        // A password may hold any of these, unescaped, as many write it.
        let end = rest.lastIndex(of: "@")
        let user = end.map { rest[..<$0] }
        let authority = (end.map { rest[$0...].dropFirst() } ?? rest).prefix { !"/?#".contains($0) }
        // What is wrong is not shown, as it may be a password at the wrong place.
        guard let place = try? HostAndPort(parsing: authority) else {
            throw failure("write http://host:port, or http://user:password@host:port")
        }
        (host, port) = (place.host, place.port ?? (isSecure ? 443 : 80))
        guard let authorization = Proxy.authorization(user) else {
            throw failure("a “%” in its user name or password has to be written as %25")
        }
        self.isSecure = isSecure
        self.authorization = authorization
        self.variable = variable
    }

    /// As RFC 7617 has it. `.some(nil)`: there is no user; `nil`: an escape is wrong.
    private static func authorization(_ user: Substring?) -> Secret?? {
        guard var password = user, !password.isEmpty else { return .some(nil) }
        // The user name ends at the first colon, and cannot hold one.
        let rest = password.cut(from: ":") ?? ""
        guard let name = unescaped(password), let secret = unescaped(rest) else { return nil }
        return Secret("Basic " + Base64.text(name + [UInt8(ascii: ":")] + secret))
    }

    private static func unescaped(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let byte = UInt8(Substring(rest.prefix(2)), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
