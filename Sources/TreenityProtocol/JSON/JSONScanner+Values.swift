extension JSONScanner.ScannedString {
    /// The text, escapes resolved.
    func text(in bytes: [UInt8]) -> String {
        hasEscapes ? resolved(in: bytes) : String(utf8: bytes.span.extracting(range))
    }

    /// The text as a word to switch over.
    @inline(__always)
    func word(in bytes: [UInt8]) -> PackedWord {
        hasEscapes ? PackedWord(resolved(in: bytes)) : PackedWord(bytes.span, range)
    }

    @inline(never)
    private func resolved(in bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                output.append(bytes[index])
                index += 1
                continue
            }
            if bytes[index + 1] == UInt8(ascii: "u") {
                guard let scalar = JSONEscapes.scalar(in: bytes, at: &index) else { break }
                output += Array(String(Character(scalar)).utf8)
            } else {
                output.append(JSONEscapes.unescaped(bytes[index + 1]))
                index += 2
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

extension JSONScanner.Scanned {
    /// The value, rewritten where it was not canonical.
    func value(in bytes: [UInt8]) -> JSONValue {
        notes.contains(.needsRewriting)
            ? rewritten(in: bytes) : JSONValue(canonical: String(utf8: bytes.span.extracting(range)))
    }

    @inline(never)
    private func rewritten(in bytes: [UInt8]) -> JSONValue {
        var rewriter = JSONRewriter(Array(bytes[range]))
        return JSONValue(canonical: String(decoding: rewriter.rewritten(), as: UTF8.self))
    }

    /// Where the value is a string, its text's place; `nil` for all else.
    @inline(__always)
    func string(in bytes: [UInt8]) -> JSONScanner.ScannedString? {
        guard bytes[range.lowerBound] == UInt8(ascii: "\"") else { return nil }
        let hasEscapes = notes.contains(.escape)
        let inner = Range(uncheckedBounds: (range.lowerBound &+ 1, range.upperBound &- 1))
        return JSONScanner.ScannedString(range: inner, hasEscapes: hasEscapes, isSuspicious: hasEscapes)
    }
}
