import ArgumentParser

/// `HOST:PORT` or `[IPV6]:PORT`.
struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    var host: String
    var port: Int

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension Endpoint: ExpressibleByArgument {
    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":") else { return nil }
        guard let port = UInt16(argument[argument.index(after: colon)...]) else { return nil }
        var host = argument[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, isBracketed || !host.contains(":") else { return nil }
        self.init(host: String(host), port: Int(port))
    }
}
