import NIOCore

/// `host`, `host:port`, `[::1]` or `[::1]:port`, as it stands in addresses.
struct HostAndPort: Hashable, Sendable {
    /// A name or an IP address, an IPv6 address without its brackets.
    var host: String
    /// `nil` where none is given.
    var port: Int?

    /// Why a text is none: what is wrong and what to do.
    struct Mistake: Error, Hashable {
        var problem: String

        init(_ problem: String) {
            self.problem = problem
        }
    }

    init(parsing text: Substring) throws(Mistake) {
        let digits: Substring?
        (host, digits) = text.first == "[" ? try HostAndPort.bracketed(text) : try HostAndPort.plain(text)
        port = try digits.map { digits throws(Mistake) in try HostAndPort.number(digits) }
    }

    private static func bracketed(_ text: Substring) throws(Mistake) -> (String, Substring?) {
        guard let end = text.firstIndex(of: "]") else { throw Mistake("a “]” is missing") }
        let host = String(text.dropFirst().prefix(upTo: end))
        guard host.utf8.contains(UInt8(ascii: ":")), (try? SocketAddress(ipAddress: host, port: 0)) != nil else {
            throw Mistake("“\(host)” is no IPv6 address")
        }
        let rest = text[end...].dropFirst()
        guard rest.isEmpty || rest.first == ":" else { throw Mistake("only “:” and a port may follow “]”") }
        return (host, rest.isEmpty ? nil : rest.dropFirst())
    }

    private static func plain(_ text: Substring) throws(Mistake) -> (String, Substring?) {
        var host = text
        let port = host.cut(from: ":")
        guard port?.contains(":") != true else {
            throw Mistake("an IPv6 address needs brackets, as in [::1]:\(ServerAddress.defaultPort)")
        }
        guard !host.isEmpty else { throw Mistake("the host is missing") }
        if let odd = host.first(where: { !isFitForHost($0) }) {
            throw Mistake("“\(odd)” cannot be in the name of a host")
        }
        return (String(host), port)
    }

    private static func isFitForHost(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "-" || character == "." || character == "_"
    }

    private static func number(_ digits: Substring) throws(Mistake) -> Int {
        guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let port = Int(digits),
            1...65_535 ~= port
        else { throw Mistake("the port “\(digits)” is not a number from 1 to 65535") }
        return port
    }
}

extension Substring {
    /// Cuts off what follows the first `mark`, and the mark; `nil` where there is none.
    mutating func cut(from mark: Character) -> Substring? {
        guard let index = firstIndex(of: mark) else { return nil }
        let rest = self[index...].dropFirst()
        self = self[..<index]
        return rest
    }
}
