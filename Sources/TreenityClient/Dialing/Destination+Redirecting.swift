extension Destination {
    /// Where a server sends us that answers with a redirect (RFC 9110, section 15.4).
    ///
    /// As with curl, the token goes on only to the same host and port with the same encryption; and so do the client's
    /// certificate and the name that the server's is to bear. What was encrypted stays so.
    ///
    /// - Parameter location: Absolute, with `ws`, `wss`, `http` or `https`, whose ports are 80 and 443 here; or relative.
    /// - Throws: ``ConnectionFailure``, which is not final: who redirects may be somebody on the way, for a while.
    func redirected(to location: String) throws(ConnectionFailure) -> Destination {
        var rest = Substring(location)
        _ = rest.cut(from: "#")
        guard rest.isFitForRequest else { throw failure("blanks or letters beyond ASCII are in it") }
        let target = try resolve(rest)
        guard target.isSecure || !address.isSecure else {
            throw failure("\(target.endpoint) is not encrypted")
        }
        let isSame =
            target.isSecure == address.isSecure && target.port == address.port
            && target.host.lowercased() == address.host.lowercased()
        return Destination(
            address: target, token: isSame ? token : nil,
            encryption: isSame ? encryption : encryption.forStrangers, sender: address)
    }

    private func failure(_ problem: String) -> ConnectionFailure {
        ConnectionFailure(reason: "\(address.endpoint) redirects to where we do not go: \(problem)")
    }

    /// RFC 3986, section 5.2.
    private func resolve(_ reference: Substring) throws(ConnectionFailure) -> ServerAddress {
        if let end = reference.firstIndex(of: ":"), reference[end...].hasPrefix("://") {
            let rest = reference[end...].dropFirst(3)
            switch reference[..<end].lowercased() {
            case "ws", "http": return try absolute(rest, isSecure: false)
            case "wss", "https": return try absolute(rest, isSecure: true)
            default: throw failure("“\(reference[..<end].prefix(20))://” is not known")
            }
        }
        if reference.hasPrefix("//") { return try absolute(reference.dropFirst(2), isSecure: address.isSecure) }
        return address.with(target: relative(reference))
    }

    private func absolute(_ text: Substring, isSecure: Bool) throws(ConnectionFailure) -> ServerAddress {
        let end = text.firstIndex { $0 == "/" || $0 == "?" } ?? text.endIndex
        guard !text[..<end].contains("@") else { throw failure("a name or password is in it") }
        let place: HostAndPort
        do { place = try HostAndPort(parsing: text[..<end]) } catch { throw failure(error.problem) }
        let target = text[end...]
        return ServerAddress(
            host: place.host, port: place.port ?? (isSecure ? 443 : 80), isSecure: isSecure,
            target: target.first == "/" ? String(target) : "/" + target, opens: address.opens)
    }

    private func relative(_ reference: Substring) -> String {
        let path = address.target.prefix { $0 != "?" }
        switch reference.first {
        case "/": return Destination.withoutDots(reference)
        case "?": return String(path + reference)
        case nil: return address.target
        default: return Destination.withoutDots(path[...(path.lastIndex(of: "/") ?? path.startIndex)] + reference)
        }
    }

    /// Takes `.` and `..` out of a path, which is followed by a query or not.
    private static func withoutDots(_ target: Substring) -> String {
        let path = target.prefix { $0 != "?" }
        var names: [Substring] = []
        for name in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            switch name {
            case ".": break
            case "..": _ = names.popLast()
            default: names.append(name)
            }
        }
        if path.hasSuffix("/.") || path.hasSuffix("/..") { names.append("") }
        return "/" + names.joined(separator: "/") + target[path.endIndex...]
    }
}

extension ServerAddress {
    fileprivate func with(target: String) -> ServerAddress {
        ServerAddress(host: host, port: port, isSecure: isSecure, target: target, opens: opens)
    }
}
