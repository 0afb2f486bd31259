import TreenityProtocol

extension ServerAddress {
    /// Reads an address as a person types it: `host`, `host:8733`, `[::1]:8733`, `ws://…`, `wss://…`, `http://…` and
    /// `https://…`, each with a path behind it (``defaultTarget`` where there is none) and with `#tree/spaces` for what
    /// to open. The port is ``defaultPort`` where none is given, with `http` and `https` 80 and 443.
    ///
    /// - Throws: ``ServerAddressError``; a name and password before the host, and a token behind the path, are refused,
    ///   since addresses end up in logs and histories. The error does not show them.
    public init(parsing text: String) throws(ServerAddressError) {
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        let fragment = rest.cut(from: "#")
        let scheme = try Scheme(cutting: &rest, of: text)
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let target = rest[authorityEnd...]
        let authority = rest[..<authorityEnd]
        try ServerAddress.refuseSecrets(authority, target)
        do throws(HostAndPort.Mistake) {
            let place = try HostAndPort(parsing: authority)
            host = place.host
            port = place.port ?? scheme.port
        } catch {
            // A password may hold a slash, and end there for us.
            try ServerAddress.refuseSecrets(Substring(authority + target), "")
            throw ServerAddressError(text, error.problem)
        }
        isSecure = scheme.isSecure
        self.target = try ServerAddress.target(target, of: text)
        opens = try fragment.map { fragment throws(ServerAddressError) in
            do {
                return try TreePath(parsing: String(fragment))
            } catch {
                throw ServerAddressError(text, "what follows “#” is no path: \(error)")
            }
        }
    }

    private struct Scheme {
        var isSecure = false
        var port = ServerAddress.defaultPort

        init(cutting rest: inout Substring, of text: String) throws(ServerAddressError) {
            guard let end = rest.firstIndex(of: ":"), rest[end...].hasPrefix("://") else { return }
            switch rest[..<end].lowercased() {
            case "ws": break
            case "wss": isSecure = true
            case "http": port = 80
            case "https": (isSecure, port) = (true, 443)
            default:
                throw ServerAddressError(text, "“\(rest[..<end])://” is not known; write ws:// or wss://")
            }
            rest = rest[end...].dropFirst(3)
        }
    }

    /// The names under which secrets are found behind a path.
    private static let secretNames: Set<String> = [
        "token", "access_token", "auth_token", "api_key", "apikey", "key", "password", "secret",
    ]

    private static func refuseSecrets(_ authority: Substring, _ target: Substring) throws(ServerAddressError) {
        let problem = "a name or token does not belong into it, where others see it; give the token on its own"
        if let end = authority.lastIndex(of: "@") {
            throw ServerAddressError("…" + authority[end...] + (target.contains("?") ? "" : target), problem)
        }
        var path = target
        let fields = path.cut(from: "?")?.split(separator: "&") ?? []
        if fields.contains(where: { secretNames.contains($0.prefix { $0 != "=" }.lowercased()) }) {
            throw ServerAddressError("\(authority)\(path)?…", problem)
        }
    }

    /// Goes into the request as it is, so it must not hold what would end the line.
    private static func target(_ target: Substring, of text: String) throws(ServerAddressError) -> String {
        guard target.isFitForRequest else {
            throw ServerAddressError(text, "blanks and letters beyond ASCII in the path have to be written as %XX")
        }
        if target.isEmpty || target == "/" { return defaultTarget }
        return target.first == "?" ? defaultTarget + target : String(target)
    }
}

extension StringProtocol {
    /// Whether it can stand in the first line of a request.
    var isFitForRequest: Bool { utf8.allSatisfy { 0x21...0x7E ~= $0 } }
}
