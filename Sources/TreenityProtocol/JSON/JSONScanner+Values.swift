extension JSONScanner {
    /// The text of a scanned string, escapes resolved.
    func unescaped(_ string: ScannedString) -> String {
        let slice = bytes[string.range]
        guard string.hasEscapes else { return String(decoding: slice, as: UTF8.self) }
        var output: [UInt8] = []
        output.reserveCapacity(slice.count)
        var index = slice.startIndex
        while index < slice.endIndex {
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

    /// The scanned value, rewritten where it was not canonical.
    func value(of scanned: Scanned) -> JSONValue {
        guard scanned.notes.needsRewriting else {
            return JSONValue(canonical: String(decoding: bytes[scanned.range], as: UTF8.self))
        }
        var rewriter = JSONRewriter(Array(bytes[scanned.range]))
        return JSONValue(canonical: String(decoding: rewriter.rewritten(), as: UTF8.self))
    }
}
