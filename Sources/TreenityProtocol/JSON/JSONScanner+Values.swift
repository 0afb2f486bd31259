extension JSONScanner {
    /// The text of a scanned string, escapes resolved.
    func unescaped(_ string: ScannedString) -> String {
        string.hasEscapes ? resolved(string.range) : String(utf8: bytes.span.extracting(string.range))
    }

    /// The scanned string as a word to switch over.
    @inline(__always)
    func word(_ string: ScannedString) -> PackedWord {
        string.hasEscapes ? PackedWord(resolved(string.range)) : PackedWord(bytes.span, string.range)
    }

    /// The scanned value, rewritten where it was not canonical.
    func value(of scanned: Scanned) -> JSONValue {
        guard scanned.notes.contains(.needsRewriting) else {
            return JSONValue(canonical: String(utf8: bytes.span.extracting(scanned.range)))
        }
        var rewriter = JSONRewriter(Array(bytes[scanned.range]))
        return JSONValue(canonical: String(decoding: rewriter.rewritten(), as: UTF8.self))
    }

    @inline(never)
    private func resolved(_ range: Range<Int>) -> String {
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
