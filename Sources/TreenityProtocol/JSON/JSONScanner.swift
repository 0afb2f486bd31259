/// Walks over JSON text, checking the full grammar of RFC 8259, and reports where values lie instead of building them.
///
/// Beside the grammar it refuses what the protocol refuses: invalid UTF-8, lone surrogates, numbers beyond a double and
/// nesting beyond ``JSONValue/maximumDepth``.
struct JSONScanner {
    let bytes: [UInt8]
    private(set) var index: Int
    private var depth = 0
    private var notes = Notes()

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// What was seen on the way that a reader may have to act on.
    struct Notes {
        /// Canonical text would spell something differently.
        var needsRewriting = false
        /// An object key is not a valid ``Name``.
        var hasInvalidKey = false
        /// An object key is `$text`.
        var hasTextKey = false

        mutating func add(_ other: Notes) {
            needsRewriting = needsRewriting || other.needsRewriting
            hasInvalidKey = hasInvalidKey || other.hasInvalidKey
            hasTextKey = hasTextKey || other.hasTextKey
        }
    }

    /// Where a value lies.
    struct Scanned {
        var range: Range<Int>
        var notes: Notes
    }

    /// A string's place, without its quotes.
    struct ScannedString {
        var range: Range<Int>
        var hasEscapes: Bool
        /// Holds an escape or a byte that could belong to a control character beyond ASCII's first 32.
        var isSuspicious: Bool
    }

    // MARK: Values

    /// Scans one value, white space before it included.
    mutating func scanValue() throws(JSONError) -> Scanned {
        skipWhiteSpace()
        let outer = notes
        notes = Notes()
        let start = index
        try skipValue()
        let scanned = Scanned(range: start..<index, notes: notes)
        notes.add(outer)
        return scanned
    }

    /// Nothing but white space may follow.
    mutating func expectEnd() throws(JSONError) {
        skipWhiteSpace()
        guard index == bytes.endIndex else { throw JSONError("something after the value", at: index) }
    }

    private mutating func skipValue() throws(JSONError) {
        guard index < bytes.endIndex else { throw JSONError("a value is missing", at: index) }
        switch bytes[index] {
        case UInt8(ascii: "\""): _ = try scanString()
        case UInt8(ascii: "{"): try skipObject()
        case UInt8(ascii: "["): try skipArray()
        case UInt8(ascii: "t"): try skipLiteral("true")
        case UInt8(ascii: "f"): try skipLiteral("false")
        case UInt8(ascii: "n"): try skipLiteral("null")
        default: try skipNumber()
        }
    }

    private mutating func skipLiteral(_ literal: StaticString) throws(JSONError) {
        let count = literal.utf8CodeUnitCount
        let end = index + count
        let matches =
            end <= bytes.endIndex
            && literal.withUTF8Buffer { expected in (0..<count).allSatisfy { expected[$0] == bytes[index + $0] } }
        guard matches else { throw JSONError("a value that is none of JSON's", at: index) }
        index = end
    }

    private mutating func skipObject() throws(JSONError) {
        try enter()
        var keys = SeenKeys()
        if try !consumeClosing(UInt8(ascii: "}")) {
            repeat {
                skipTightly()
                noteKey(try scanKey(), in: &keys)
                skipTightly()
                try skipValue()
                skipTightly()
            } while try consumeComma(orClosing: UInt8(ascii: "}"))
        }
        depth -= 1
    }

    private mutating func skipArray() throws(JSONError) {
        try enter()
        if try !consumeClosing(UInt8(ascii: "]")) {
            repeat {
                skipTightly()
                try skipValue()
                skipTightly()
            } while try consumeComma(orClosing: UInt8(ascii: "]"))
        }
        depth -= 1
    }

    /// Scans a key with the colon after it.
    mutating func scanKey() throws(JSONError) -> ScannedString {
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: "\"") else {
            throw JSONError("a key in double quotes is missing", at: index)
        }
        let key = try scanString()
        skipTightly()
        try expect(UInt8(ascii: ":"), "a colon after the key is missing")
        return key
    }

    private mutating func enter() throws(JSONError) {
        guard depth < JSONValue.maximumDepth else {
            throw JSONError("nesting deeper than \(JSONValue.maximumDepth)", at: index)
        }
        depth += 1
        index += 1
    }

    private mutating func noteKey(_ key: ScannedString, in keys: inout SeenKeys) {
        let slice = bytes[key.range]
        if key.isSuspicious {
            notes.hasInvalidKey = notes.hasInvalidKey || !Name.isValid(unescaped(key))
        } else if slice.isEmpty || slice.count > Name.maximumBytes || Name.isDots(slice) {
            notes.hasInvalidKey = true
        }
        if slice.first == UInt8(ascii: "$") || key.hasEscapes {
            notes.hasTextKey = notes.hasTextKey || unescaped(key) == TextEdit.key
        }
        if !keys.insert(slice) { notes.needsRewriting = true }
    }

    // MARK: Tokens

    mutating func skipWhiteSpace() {
        while index < bytes.endIndex, Self.isWhiteSpace(bytes[index]) { index += 1 }
    }

    /// As ``skipWhiteSpace()``, inside of a value, where white space is not canonical.
    private mutating func skipTightly() {
        guard index < bytes.endIndex, Self.isWhiteSpace(bytes[index]) else { return }
        notes.needsRewriting = true
        skipWhiteSpace()
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    mutating func expect(_ byte: UInt8, _ complaint: String) throws(JSONError) {
        guard index < bytes.endIndex, bytes[index] == byte else { throw JSONError(complaint, at: index) }
        index += 1
    }

    mutating func consumeClosing(_ closing: UInt8) throws(JSONError) -> Bool {
        skipTightly()
        guard index < bytes.endIndex, bytes[index] == closing else { return false }
        index += 1
        return true
    }

    /// `true` where another member follows.
    mutating func consumeComma(orClosing closing: UInt8) throws(JSONError) -> Bool {
        guard index < bytes.endIndex else { throw JSONError("the text ends inside of a value", at: index) }
        defer { index += 1 }
        switch bytes[index] {
        case UInt8(ascii: ","): return true
        case closing: return false
        default: throw JSONError("a comma or \(Character(UnicodeScalar(closing))) is missing", at: index)
        }
    }

    private mutating func skipNumber() throws(JSONError) {
        let start = index
        if current == UInt8(ascii: "-") { index += 1 }
        let firstDigit = index
        skipDigits()
        guard index > firstDigit else { throw JSONError("a value that is none of JSON's", at: start) }
        guard index == firstDigit + 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            throw JSONError("a number with a leading zero", at: start)
        }
        var isInteger = true
        if current == UInt8(ascii: ".") {
            isInteger = false
            try skipRequiredDigits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            if index + 1 < bytes.endIndex, Self.isSign(bytes[index + 1]) { index += 1 }
            try skipRequiredDigits()
        }
        // Up to 18 digits need no look at their value: they fit into 64 bits.
        let isMinusZero = firstDigit > start && bytes[firstDigit] == UInt8(ascii: "0")
        if isInteger, index - firstDigit <= 18, !isMinusZero { return }
        try checkNumber(start..<index)
    }

    private mutating func checkNumber(_ range: Range<Int>) throws(JSONError) {
        let literal = String(decoding: bytes[range], as: UTF8.self)
        guard let canonical = JSONNumber.canonical(literal) else {
            throw JSONError("a number beyond a double", at: range.lowerBound)
        }
        if canonical != literal { notes.needsRewriting = true }
    }

    private var current: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

    private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private mutating func skipDigits() {
        while index < bytes.endIndex, Self.isDigit(bytes[index]) { index += 1 }
    }

    /// Past the byte at `index`, at least one digit.
    private mutating func skipRequiredDigits() throws(JSONError) {
        index += 1
        let start = index
        skipDigits()
        guard index > start else { throw JSONError("a digit is missing", at: index) }
    }

    // MARK: Strings

    /// Scans the string that starts at `index`.
    mutating func scanString() throws(JSONError) -> ScannedString {
        let quote = index
        index += 1
        var hasEscapes = false
        var isSuspicious = false
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                index += 1
                return ScannedString(range: quote + 1..<index - 1, hasEscapes: hasEscapes, isSuspicious: isSuspicious)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                isSuspicious = true
                try skipEscape()
            } else if byte < 0x20 {
                throw JSONError("a control character inside of a string", at: index)
            } else if byte < 0x80 {
                if byte == 0x7F { isSuspicious = true }
                index += 1
            } else {
                if byte == 0xC2 { isSuspicious = true }
                try skipMultibyteScalar()
            }
        }
        throw JSONError("a string without its closing quote", at: quote)
    }

    private mutating func skipEscape() throws(JSONError) {
        guard index + 1 < bytes.endIndex else { throw JSONError("the text ends inside of an escape", at: index) }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            index += 2
        case UInt8(ascii: "/"):
            notes.needsRewriting = true
            index += 2
        case UInt8(ascii: "u"):
            let start = index
            guard JSONEscapes.scalar(in: bytes, at: &index) != nil else {
                throw JSONError("a \\u escape that is no character", at: start)
            }
            notes.needsRewriting = true
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
