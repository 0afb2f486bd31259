import TreenityProtocol

/// What the target of an HTTP request names.
enum Route: Hashable, Sendable {
    /// Something in the tree.
    case tree(TreePath)
    /// What would be in the tree, were it a path; with what is wrong.
    case noPath(String)
    /// Where WebSocket connections are taken.
    case patches
    case health
    case metrics
    case unknown

    /// - Parameter target: as it stands in the request: an absolute path with an optional query.
    init(_ target: String) {
        let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
        switch String(Substring(path)) {
        case "/patches": self = .patches
        case "/healthz": self = .health
        case "/metrics": self = .metrics
        case "/tree": self = .tree(.root)
        case let path where path.hasPrefix("/tree/"): self = Route.tree(at: path.dropFirst())
        default: self = .unknown
        }
    }

    /// Whether it is for those who run the server: on its own machine they need no token for it.
    var isOperational: Bool {
        switch self {
        case .health, .metrics: true
        case .tree, .noPath, .patches, .unknown: false
        }
    }

    private static func tree(at text: Substring) -> Route {
        let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let decoded = segments.map { percentDecoded($0) }
        guard !decoded.contains(nil) else { return .noPath("a % stands before two hexadecimal digits of UTF-8 only") }
        do {
            return .tree(try TreePath(parsing: decoded.compactMap { $0 }.joined(separator: "/")))
        } catch {
            return .noPath(error.description)
        }
    }

    /// The segment with its `%XX` resolved; `nil` where that is not possible.
    private static func percentDecoded(_ segment: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var rest = segment[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
                let decoded = UInt8(String(Substring(digits)), radix: 16)
            else { return nil }
            // A slash that is spelled so is part of a name.
            bytes += decoded == UInt8(ascii: "/") ? Array("~1".utf8) : [decoded]
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
