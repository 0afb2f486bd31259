extension JSONScanner {
    /// A string's place, without its quotes.
    struct ScannedString {
        var range: Range<Int>
        var hasEscapes: Bool
        /// Holds an escape or a byte that could belong to a control character beyond ASCII's first 32.
        var isSuspicious: Bool
    }

    /// Scans the string that starts at `index`.
    @inline(__always)
    mutating func scanString() throws(JSONError) -> ScannedString {
        let start = index &+ 1
        index = PlainText.end(in: bytes.span, from: start)
        // Most strings are plain to their end.
        guard current == UInt8(ascii: "\"") else { return try scanUnusualString(from: start) }
        index &+= 1
        let range = Range(uncheckedBounds: (start, index &- 1))
        return ScannedString(range: range, hasEscapes: false, isSuspicious: false)
    }

    /// Goes on at the first byte that is not plain.
    @inline(never)
    private mutating func scanUnusualString(from start: Int) throws(JSONError) -> ScannedString {
        var string = ScannedString(range: start..<start, hasEscapes: false, isSuspicious: false)
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                string.range = start..<index
                index += 1
                return string
            case UInt8(ascii: "\\"):
                string.hasEscapes = true
                string.isSuspicious = true
                try skipEscape()
            case 0..<0x20:
                throw JSONError("a control character inside of a string", at: index)
            case 0x7F:
                string.isSuspicious = true
                index += 1
            case 0x80...:
                if byte == 0xC2 { string.isSuspicious = true }
                try skipMultibyteScalar()
            default:
                index = PlainText.end(in: bytes.span, from: index)
            }
        }
        throw JSONError("a string without its closing quote", at: start - 1)
    }

    private mutating func skipEscape() throws(JSONError) {
        notes.insert(.escape)
        guard index + 1 < bytes.count else { throw JSONError("the text ends inside of an escape", at: index) }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            index += 2
        case UInt8(ascii: "/"):
            notes.insert(.needsRewriting)
            index += 2
        case UInt8(ascii: "u"):
            let start = index
            guard JSONEscapes.scalar(in: bytes, at: &index) != nil else {
                throw JSONError("a \\u escape that is no character", at: start)
            }
            notes.insert(.needsRewriting)
        default:
            throw JSONError("an unknown escape", at: index)
        }
    }

    /// Well-formed UTF-8 (The Unicode Standard, table 3-7) of two to four bytes.
    private mutating func skipMultibyteScalar() throws(JSONError) {
        let length = UTF8Sequence.length(in: bytes, at: index)
        guard length > 0 else { throw JSONError("bytes that are not UTF-8", at: index) }
        index += length
    }
}
