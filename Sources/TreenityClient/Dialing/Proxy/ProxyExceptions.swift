/// The servers that are reached without a proxy: what `NO_PROXY` lists, separated by commas or blanks.
///
/// As curl reads it: a name stands for itself and all names within it, with or without a dot (or `*.`) before it; an IP
/// address for itself; `10.0.0.0/8` for all that begin so; `*` alone for everything. A port behind it (`host:8733`,
/// `[::1]:8733`) confines it to that.
struct ProxyExceptions: Hashable, Sendable {
    private enum Place: Hashable {
        case everywhere
        case name(String)
        case network(IPAddress, prefix: Int)
    }

    private struct Entry: Hashable {
        var place: Place
        var port: Int?
    }

    private let entries: [Entry]

    init(parsing text: String) {
        entries = text.split { $0 == "," || $0.isWhitespace }.compactMap(ProxyExceptions.entry)
    }

    func contains(host: String, port: Int) -> Bool {
        let address = IPAddress(host)
        let name = host.lowercased().withoutLastDot
        return entries.contains { entry in
            guard entry.port == nil || entry.port == port else { return false }
            switch entry.place {
            case .everywhere: return true
            case .name(let suffix): return address == nil && (name == suffix || name.hasSuffix("." + suffix))
            case .network(let network, let prefix): return address?.hasPrefix(prefix, of: network) ?? false
            }
        }
    }

    private static func entry(_ text: Substring) -> Entry? {
        if text == "*" { return Entry(place: .everywhere) }
        if let place = network(text) { return Entry(place: place) }
        guard let place = try? HostAndPort(parsing: text.withoutWildcard), !place.host.isEmpty else { return nil }
        if let address = IPAddress(place.host) {
            return Entry(place: .network(address, prefix: 8 * address.bytes.count), port: place.port)
        }
        return Entry(place: .name(place.host.lowercased().withoutLastDot), port: place.port)
    }

    /// An address without a port, or many.
    private static func network(_ text: Substring) -> Place? {
        var network = text
        let length = network.cut(from: "/")
        if network.first == "[", network.last == "]" { network = network.dropFirst().dropLast() }
        guard let address = IPAddress(network) else { return nil }
        let bits = 8 * address.bytes.count
        guard let length else { return .network(address, prefix: bits) }
        guard let prefix = Int(length), 0...bits ~= prefix else { return nil }
        return .network(address, prefix: prefix)
    }
}

extension StringProtocol {
    fileprivate var withoutLastDot: String { hasSuffix(".") ? String(dropLast()) : String(self) }
}

extension Substring {
    fileprivate var withoutWildcard: Substring {
        if hasPrefix("*.") { return dropFirst(2) }
        return hasPrefix(".") ? dropFirst() : self
    }
}
