/// Escape sequences of JSON strings, both ways.
enum JSONEscapes {
    /// Reads the `\uXXXX` at `index`, or the surrogate pair of two, and moves past it.
    ///
    /// `nil` for too few digits and for a lone surrogate.
    static func scalar(in bytes: [UInt8], at index: inout Int) -> Unicode.Scalar? {
        guard let first = codeUnit(in: bytes, at: index) else { return nil }
        index += 6
        if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
        guard UTF16.isLeadSurrogate(first), index < bytes.endIndex, bytes[index] == UInt8(ascii: "\\"),
            let second = codeUnit(in: bytes, at: index), UTF16.isTrailSurrogate(second)
        else { return nil }
        index += 6
        return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    }

    private static func codeUnit(in bytes: [UInt8], at index: Int) -> UInt16? {
        guard index + 6 <= bytes.endIndex, bytes[index + 1] == UInt8(ascii: "u") else { return nil }
        var unit: UInt16 = 0
        for byte in bytes[(index + 2)..<(index + 6)] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// The character that `\` with this byte stands for, `\u` apart.
    static func unescaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }

    /// Appends the shortest spelling of `text` inside of quotes: only the quote, the backslash and the controls below
    /// U+0020 are escaped. What lies between is appended run by run.
    static func append(escaping text: String, to output: inout [UInt8]) {
        let bytes = text.utf8.span
        var start = PlainText.endOfUnescaped(in: bytes, from: 0)
        guard start < bytes.count else { return text.appendBytes(to: &output) }
        append(bytes.extracting(first: start), to: &output)
        while start < bytes.count {
            append(escape: bytes[start], to: &output)
            let end = PlainText.endOfUnescaped(in: bytes, from: start + 1)
            append(bytes.extracting(start + 1..<end), to: &output)
            start = end
        }
    }

    private static func append(_ run: Span<UInt8>, to output: inout [UInt8]) {
        output.append(addingCapacity: run.count) { output in
            for place in 0..<run.count { output.append(run[place]) }
        }
    }

    private static func append(escape byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0..<0x20:
            output += "u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
        default: output.append(byte)
        }
    }
}
