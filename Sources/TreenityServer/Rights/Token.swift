/// A secret by which somebody proves who they are: 256 random bits behind a prefix by which it is recognised.
public struct Token: Hashable, Sendable {
    /// What is sent in `Authorization: Bearer …`: letters, digits, `-` and `_` only.
    public let text: String

    /// What every token begins with, so that one that leaked is found.
    public static let prefix = "trn_"

    /// A new token.
    public init(using randomness: inout some RandomNumberGenerator) {
        let words = (0..<4).map { _ in randomness.next() }
        let bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
        text = Token.prefix + Token.urlSafe(bytes)
    }

    /// What the token file knows of it.
    public var hash: TokenHash { TokenHash(of: text) }

    /// Base64 with the alphabet for URLs, without padding (RFC 4648, section 5).
    private static func urlSafe(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var text = ""
        var start = 0
        while start < bytes.count {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0...group.count { text.append(alphabet[bits >> (18 - 6 * place) & 0x3F]) }
            start += 3
        }
        return text
    }
}
