/// Takes valid JSON text apart, one step at a time and without checking anything again.
struct JSONReader {
    private let bytes: [UInt8]
    private var index = 0

    /// - Precondition: `bytes` is valid JSON.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The first byte of the next token.
    mutating func nextByte() -> UInt8 {
        skipWhiteSpace()
        return bytes[index]
    }

    /// Past an opening bracket or brace.
    mutating func enter() {
        skipWhiteSpace()
        index += 1
    }

    /// Past a comma to the next member, or past the closing byte: then `false`.
    mutating func hasNext(closing: UInt8) -> Bool {
        if nextByte() == UInt8(ascii: ",") { index += 1 }
        guard nextByte() == closing else { return true }
        index += 1
        return false
    }

    mutating func skipColon() {
        skipWhiteSpace()
        index += 1
    }

    /// The string at the reader, unescaped.
    mutating func string() -> String {
        skipWhiteSpace()
        let start = index + 1
        let hasEscapes = skipString()
        let scanned = JSONScanner.ScannedString(range: start..<index - 1, hasEscapes: hasEscapes, isSuspicious: false)
        return scanned.text(in: bytes)
    }

    /// The number or literal at the reader.
    mutating func token() -> ArraySlice<UInt8> {
        skipWhiteSpace()
        let start = index
        while index < bytes.endIndex, !Self.endsToken(bytes[index]) { index += 1 }
        return bytes[start..<index]
    }

    /// The value at the reader, as it stands.
    mutating func value() -> ArraySlice<UInt8> {
        let first = nextByte()
        let start = index
        switch first {
        case UInt8(ascii: "\""): _ = skipString()
        case UInt8(ascii: "{"), UInt8(ascii: "["): skipContainer()
        default: _ = token()
        }
        return bytes[start..<index]
    }

    private mutating func skipContainer() {
        var depth = 0
        repeat {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                _ = skipString()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            index += 1
        } while depth > 0
    }

    /// `true` where the string holds escapes.
    private mutating func skipString() -> Bool {
        var hasEscapes = false
        index += 1
        while bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        index += 1
        return hasEscapes
    }

    private mutating func skipWhiteSpace() {
        while index < bytes.endIndex, bytes[index] <= 0x20 { index += 1 }
    }

    private static func endsToken(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }
}
