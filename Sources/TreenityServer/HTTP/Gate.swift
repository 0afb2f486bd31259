import NIOHTTP1

/// Keeps web pages of other origins out: a browser lets any page connect to any address, this machine's too.
struct Gate: Sendable {
    private let host: String
    private let allowedOrigins: Set<String>

    init(_ configuration: ServerConfiguration) {
        host = configuration.host.lowercased()
        allowedOrigins = Set(configuration.allowedOrigins.map { $0.lowercased() })
    }

    /// Why a request is not let in; `nil`: it is.
    func complaint(about head: HTTPRequestHead) -> String? {
        let authority = head.headers["Host"].first?.lowercased()
        if let authority, !isOwn(Gate.host(of: authority)) {
            // A page whose name was made to lead here after it was loaded gives itself away by that name.
            return "this server is not called \(authority)"
        }
        guard let origin = head.headers["Origin"].first?.lowercased(), !allowedOrigins.contains(origin) else {
            return nil
        }
        guard let authority, origin == "http://" + authority || origin == "https://" + authority else {
            return "pages of \(origin) may not connect"
        }
        return nil
    }

    private func isOwn(_ name: String) -> Bool {
        name == host || name == "localhost" || name.hasSuffix(".localhost") || name == "[::1]"
            || name.hasPrefix("127.") && name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || 0x30...0x39 ~= $0 }
    }

    /// The authority without its port.
    private static func host(of authority: String) -> String {
        let end = authority.lastIndex(of: ":")
        guard let end, authority[authority.index(after: end)...].allSatisfy(\.isNumber) else { return authority }
        return String(authority[..<end])
    }
}
