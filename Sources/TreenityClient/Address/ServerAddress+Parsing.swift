import NIOCore
import TreenityProtocol

extension ServerAddress {
    /// Reads an address as a person types it: `host`, `host:8733`, `[::1]:8733`, `ws://…`, `wss://…`, `http://…` and
    /// `https://…`, each with a path behind it (``defaultTarget`` where there is none) and with `#tree/spaces` for what
    /// to open. The port is ``defaultPort`` where none is given, with `http` and `https` 80 and 443.
    ///
    /// - Throws: ``ServerAddressError``; a name and password before the host are refused, since addresses end up in
    ///   logs and histories.
    public init(parsing text: String) throws(ServerAddressError) {
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        let fragment = rest.cut(from: "#")
        let scheme = try Scheme(cutting: &rest, of: text)
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let target = rest[authorityEnd...]
        let authority = rest[..<authorityEnd]
        guard !authority.contains("@") else {
            throw ServerAddressError(text, "a name or token does not belong into it; give the token on its own")
        }
        let (host, port) = try ServerAddress.split(authority, of: text)
        self.host = host
        self.port =
            try port.map { port throws(ServerAddressError) in try ServerAddress.port(port, of: text) }
            ?? scheme.port
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

    private static func split(
        _ authority: Substring, of text: String
    ) throws(ServerAddressError) -> (host: String, port: Substring?) {
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { throw ServerAddressError(text, "a “]” is missing") }
            let host = String(authority.dropFirst().prefix(upTo: end))
            guard host.utf8.contains(UInt8(ascii: ":")), (try? SocketAddress(ipAddress: host, port: 0)) != nil else {
                throw ServerAddressError(text, "“\(host)” is no IPv6 address")
            }
            let rest = authority[end...].dropFirst()
            guard rest.isEmpty || rest.first == ":" else {
                throw ServerAddressError(text, "only “:” and a port may follow “]”")
            }
            return (host, rest.isEmpty ? nil : rest.dropFirst())
        }
        var host = authority
        let port = host.cut(from: ":")
        guard port?.contains(":") != true else {
            throw ServerAddressError(text, "an IPv6 address needs brackets, as in [::1]:\(defaultPort)")
        }
        guard !host.isEmpty else { throw ServerAddressError(text, "the host is missing") }
        if let odd = host.first(where: { !isFitForHost($0) }) {
            throw ServerAddressError(text, "“\(odd)” cannot be in the name of a host")
        }
        return (String(host), port)
    }

    private static func isFitForHost(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "-" || character == "." || character == "_"
    }

    private static func port(_ digits: Substring, of text: String) throws(ServerAddressError) -> Int {
        guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let port = Int(digits),
            1...65_535 ~= port
        else { throw ServerAddressError(text, "the port “\(digits)” is not a number from 1 to 65535") }
        return port
    }

    /// Goes into the request as it is, so it must not hold what would end the line.
    private static func target(_ target: Substring, of text: String) throws(ServerAddressError) -> String {
        guard target.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw ServerAddressError(text, "blanks and letters beyond ASCII in the path have to be written as %XX")
        }
        if target.isEmpty || target == "/" { return defaultTarget }
        return target.first == "?" ? defaultTarget + target : String(target)
    }
}

extension Substring {
    /// Cuts off what follows the first `mark`, and the mark; `nil` where there is none.
    fileprivate mutating func cut(from mark: Character) -> Substring? {
        guard let index = firstIndex(of: mark) else { return nil }
        let rest = self[index...].dropFirst()
        self = self[..<index]
        return rest
    }
}
