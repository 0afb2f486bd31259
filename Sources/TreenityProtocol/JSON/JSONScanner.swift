/// Walks over JSON text, checking the full grammar of RFC 8259, and reports where values lie instead of building them.
///
/// Beside the grammar it refuses what the protocol refuses: invalid UTF-8, lone surrogates, numbers beyond a double and
/// nesting beyond ``JSONValue/maximumDepth``.
struct JSONScanner {
    let bytes: [UInt8]
    var index: Int
    var notes: Notes = []
    private var depth: Int

    /// - Parameter depth: The nesting to start from: −1 where the outermost braces do not count.
    init(_ bytes: [UInt8], at index: Int = 0, depth: Int = 0) {
        self.bytes = bytes
        self.index = index
        self.depth = depth
    }

    /// What was seen on the way that a reader may have to act on.
    struct Notes: OptionSet {
        let rawValue: UInt8

        /// Canonical text would spell something differently.
        static let needsRewriting = Notes(rawValue: 1)
        /// An object key is not a valid ``Name``.
        static let invalidKey = Notes(rawValue: 2)
        /// An object key is `$text`.
        static let textKey = Notes(rawValue: 4)
        /// A string holds an escape.
        static let escape = Notes(rawValue: 8)
    }

    /// Where a value lies.
    struct Scanned {
        var range: Range<Int>
        var notes: Notes
    }

    // MARK: Values

    /// Scans one value, white space before it included.
    mutating func scanValue() throws(JSONError) -> Scanned {
        skipWhiteSpace()
        notes = []
        let start = index
        try skipValue()
        return Scanned(range: start..<index, notes: notes)
    }

    /// Nothing but white space may follow.
    mutating func expectEnd() throws(JSONError) {
        skipWhiteSpace()
        guard index == bytes.count else { throw JSONError("something after the value", at: index) }
    }

    private mutating func skipValue() throws(JSONError) {
        switch current {
        case UInt8(ascii: "\""): _ = try scanString()
        case UInt8(ascii: "{"): try skipObject()
        case UInt8(ascii: "["): try scanElements { scanner throws(JSONError) in try scanner.skipValue() }
        case UInt8(ascii: "t"): try skipLiteral("true")
        case UInt8(ascii: "f"): try skipLiteral("false")
        case UInt8(ascii: "n"): try skipLiteral("null")
        case nil: throw JSONError("a value is missing", at: index)
        case _?: try skipNumber()
        }
    }

    private mutating func skipObject() throws(JSONError) {
        var keys = SeenKeys()
        try scanMembers { scanner, key throws(JSONError) in
            scanner.note(key, in: &keys)
            scanner.skipTightly()
            try scanner.skipValue()
        }
    }

    /// Scans an object; `value` takes what follows each key and its colon.
    @inline(__always)
    mutating func scanMembers(
        _ value: (inout JSONScanner, ScannedString) throws(JSONError) -> Void
    ) throws(JSONError) {
        try enter()
        if !consume(UInt8(ascii: "}")) {
            repeat {
                skipTightly()
                guard current == UInt8(ascii: "\"") else {
                    throw JSONError("a key in double quotes is missing", at: index)
                }
                let key = try scanString()
                guard consume(UInt8(ascii: ":")) else { throw JSONError("a colon after the key is missing", at: index) }
                try value(&self, key)
            } while try consumeComma(orClosing: UInt8(ascii: "}"))
        }
        depth -= 1
    }

    /// Scans an array; `element` takes each element.
    @inline(__always)
    mutating func scanElements(_ element: (inout JSONScanner) throws(JSONError) -> Void) throws(JSONError) {
        try enter()
        if !consume(UInt8(ascii: "]")) {
            repeat {
                skipTightly()
                try element(&self)
            } while try consumeComma(orClosing: UInt8(ascii: "]"))
        }
        depth -= 1
    }

    private mutating func enter() throws(JSONError) {
        guard depth < JSONValue.maximumDepth else {
            throw JSONError("nesting deeper than \(JSONValue.maximumDepth)", at: index)
        }
        depth += 1
        index += 1
    }

    private mutating func note(_ key: ScannedString, in keys: inout SeenKeys) {
        if key.isSuspicious {
            if !Name.isValid(unescaped(key)) { notes.insert(.invalidKey) }
        } else if key.range.isEmpty || key.range.count > Name.maximumBytes || Name.isDots(bytes[key.range]) {
            notes.insert(.invalidKey)
        }
        if word(key) == "$text" { notes.insert(.textKey) }
        if !keys.insert(key.range, of: bytes) { notes.insert(.needsRewriting) }
    }

    // MARK: Tokens

    /// Whether the message is an array, and so more than one frame.
    static func startsArray(_ message: [UInt8]) -> Bool {
        var scanner = JSONScanner(message)
        scanner.skipWhiteSpace()
        return scanner.isAtArray
    }

    var isAtArray: Bool { current == UInt8(ascii: "[") }
    var isAtObject: Bool { current == UInt8(ascii: "{") }

    var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    @inline(__always)
    mutating func skipWhiteSpace() {
        while let byte = current, Self.isWhiteSpace(byte) { index += 1 }
    }

    /// As ``skipWhiteSpace()``, inside of a value, where white space is not canonical.
    @inline(__always)
    private mutating func skipTightly() {
        guard let byte = current, byte <= 0x20, Self.isWhiteSpace(byte) else { return }
        notes.insert(.needsRewriting)
        skipWhiteSpace()
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// Past this byte and white space before it; `false` where another byte stands.
    @inline(__always)
    private mutating func consume(_ byte: UInt8) -> Bool {
        skipTightly()
        guard current == byte else { return false }
        index += 1
        return true
    }

    /// `true` where another member follows.
    @inline(__always)
    private mutating func consumeComma(orClosing closing: UInt8) throws(JSONError) -> Bool {
        if consume(UInt8(ascii: ",")) { return true }
        if consume(closing) { return false }
        throw current == nil
            ? JSONError("the text ends inside of a value", at: index)
            : JSONError("a comma or \(Character(UnicodeScalar(closing))) is missing", at: index)
    }

    private mutating func skipLiteral(_ literal: PackedWord) throws(JSONError) {
        let end = index + literal.count
        guard end <= bytes.count, PackedWord(bytes.span, index..<end) == literal else {
            throw JSONError("a value that is none of JSON's", at: index)
        }
        index = end
    }
}
