extension OutboxDirectory {
    /// `$XDG_STATE_HOME/treenity/outbox/SERVER`, by default below `~/.local/state` (XDG Base Directory Specification).
    ///
    /// `nil` where neither `XDG_STATE_HOME` nor `HOME` names an absolute path.
    init?(for address: ServerAddress, environment: [String: String]) {
        guard let state = StateDirectory(environment: environment) else { return nil }
        path = state.path(of: "outbox", for: address)
    }

    /// The longest name, in bytes: a file system takes 255.
    private static let maximumNameBytes = 200

    /// A name for the server: `wss_tree.example_8733`, with the path of the stream where that is not the usual one.
    static func name(for address: ServerAddress) -> String {
        let target = address.target == ServerAddress.defaultTarget ? "" : address.target
        let text = "\(address.isSecure ? "wss" : "ws")_\(address.host.lowercased())_\(address.port)\(target)"
        let name = String(decoding: text.utf8.flatMap(escaped), as: UTF8.self)
        guard name.utf8.count > maximumNameBytes else { return name }
        return "\(name.prefix(maximumNameBytes - 17))_\(String(digest(text), radix: 16))"
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            return [byte]
        default:
            let digits = String(byte, radix: 16)
            return Array(("%" + (digits.count < 2 ? "0" : "") + digits).utf8)
        }
    }

    /// FNV-1a of 64 bits: the same in every run, unlike `Hasher`.
    private static func digest(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
