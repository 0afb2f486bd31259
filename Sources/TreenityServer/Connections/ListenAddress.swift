/// Where to listen.
public enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// At a port of one of this machine's addresses; 0: any port that is free.
    case port(Int, host: String)
    /// At a socket in the file system, which only this user may use.
    case socket(path: String)

    /// The port where nothing else is said.
    public static let defaultPort = 8733

    /// The host where nothing else is said: this machine alone.
    public static let defaultHost = "127.0.0.1"

    /// Reads `HOST:PORT`, `[::1]:PORT`, `HOST`, `:PORT` or `unix:/path/to.sock`; `nil`: the text is none of them.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst("unix:".count)
            guard !path.isEmpty else { return nil }
            self = .socket(path: String(path))
            return
        }
        var host = Substring(text)
        var port = ListenAddress.defaultPort
        let closing = text.lastIndex(of: "]")
        let colon = text.lastIndex(of: ":")
        if let colon, closing.map({ $0 < colon }) ?? (text.firstIndex(of: ":") == colon) {
            guard let number = Int(text[text.index(after: colon)...]), 0...65_535 ~= number else { return nil }
            port = number
            host = text[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        self = .port(port, host: host.isEmpty ? ListenAddress.defaultHost : String(host))
    }

    /// As it is read.
    public var description: String {
        switch self {
        case .port(let port, let host): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .socket(let path): "unix:\(path)"
        }
    }
}
