/// One element of a `Sec-WebSocket-Extensions` header (RFC 6455, section 9.1).
struct WebSocketExtension: Hashable, Sendable {
    /// One parameter; its value may be missing.
    struct Parameter: Hashable, Sendable {
        var name: String
        var value: String?
    }

    var name: String
    var parameters: [Parameter] = []

    /// Reads `name; parameter; parameter=value; parameter="value"`.
    ///
    /// - Returns: `nil` where the text is something else.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed }
        guard let name = parts.first, name.isToken else { return nil }
        self.name = name.lowercased()
        for part in parts.dropFirst() {
            guard let parameter = Parameter(part) else { return nil }
            parameters.append(parameter)
        }
    }
}

extension WebSocketExtension.Parameter {
    fileprivate init?(_ text: Substring) {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { $0.trimmed }
        guard let name = sides.first, name.isToken else { return nil }
        self.name = name.lowercased()
        guard sides.count == 2 else { return }
        var value = sides[1]
        // What is quoted has to be a token too.
        if value.count > 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
        guard value.isToken else { return nil }
        self.value = String(value)
    }
}

extension StringProtocol {
    fileprivate var trimmed: Substring {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        var rest = Substring(self).drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    /// As of RFC 7230, section 3.2.6.
    fileprivate var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
