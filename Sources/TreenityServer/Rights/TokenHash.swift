import Crypto

/// The SHA-256 of a token: enough to recognise it, and of no use to whoever reads the file.
///
/// Tokens are found by their hash. How long that takes tells something of the hash at most, from which nobody gets a token
/// that fits; so nothing is compared in constant time. Tokens are random, which is why a fast hash is enough.
public struct TokenHash: Hashable, Sendable, CustomStringConvertible {
    private let bytes: [UInt8]

    /// The hash of a token as it is sent.
    public init(of token: String) {
        bytes = Array(SHA256.hash(data: Array(token.utf8)))
    }

    /// A hash as 64 hexadecimal digits; `nil` for any other text.
    public init?(hexadecimal text: String) {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard text.utf8.count == 64, digits.count == 64 else { return nil }
        bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// 64 hexadecimal digits in lower case.
    public var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
