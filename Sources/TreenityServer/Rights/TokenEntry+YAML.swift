import TreenityProtocol

extension TokenEntry {
    /// The lines for a token file, each with its line feed.
    public var yaml: String {
        var lines = ["- sha256: \(hash)", "  user: \(Self.scalar(user))", "  grants:"]
        lines += grants.map { "    \(Self.scalar($0.path.text)): \($0.rights)" }
        if let expiry { lines.append("  expires: \(Self.scalar(expiry.description))") }
        if let comment { lines.append("  comment: \(Self.scalar(comment))") }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The text as YAML reads it back: bare where nothing in it can mean anything else, otherwise quoted as in JSON.
    private static func scalar(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            case UInt8(ascii: "-"): text.utf8.first != byte
            default: false
            }
        }
        return isPlain && !text.isEmpty ? text : JSONValue.string(text).text
    }
}
