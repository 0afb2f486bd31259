extension JSONScanner {
    @inline(__always)
    mutating func skipNumber() throws(JSONError) {
        let start = index
        skipDigits()
        // Up to 18 digits need no look at their value: they fit into 64 bits.
        let isShort = index - start <= 18 && (index == start + 1 || bytes[start] != UInt8(ascii: "0"))
        // Only a comma, a bracket or a brace ends a number at once.
        guard isShort, let end = current, end == UInt8(ascii: ",") || end | 0x20 == UInt8(ascii: "}") else {
            index = start
            return try skipUnusualNumber()
        }
    }

    @inline(never)
    mutating func skipUnusualNumber() throws(JSONError) {
        let start = index
        if current == UInt8(ascii: "-") { index += 1 }
        let firstDigit = index
        skipDigits()
        guard index > firstDigit else { throw JSONError("a value that is none of JSON's", at: start) }
        guard index == firstDigit + 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            throw JSONError("a number with a leading zero", at: start)
        }
        let endOfInteger = index
        if current == UInt8(ascii: ".") { try skipRequiredDigits() }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            if index + 1 < bytes.count, Self.isSign(bytes[index + 1]) { index += 1 }
            try skipRequiredDigits()
        }
        let isMinusZero = firstDigit > start && bytes[firstDigit] == UInt8(ascii: "0")
        if index == endOfInteger, index - firstDigit <= 18, !isMinusZero { return }
        try checkNumber(start..<index)
    }

    private mutating func checkNumber(_ range: Range<Int>) throws(JSONError) {
        let literal = String(decoding: bytes[range], as: UTF8.self)
        guard let canonical = JSONNumber.canonical(literal) else {
            throw JSONError("a number beyond a double", at: range.lowerBound)
        }
        if canonical != literal { notes.insert(.needsRewriting) }
    }

    private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }

    @inline(__always)
    private mutating func skipDigits() {
        index = Digits.end(in: bytes.span, from: index)
    }

    /// Past the byte at `index`, at least one digit.
    private mutating func skipRequiredDigits() throws(JSONError) {
        index += 1
        let start = index
        skipDigits()
        guard index > start else { throw JSONError("a digit is missing", at: index) }
    }
}
