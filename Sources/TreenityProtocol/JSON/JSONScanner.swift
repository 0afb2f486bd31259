/// Walks over JSON text, checking the full grammar of RFC 8259, and reports where values lie instead of building them.
///
/// Beside the grammar it refuses what the protocol refuses: invalid UTF-8, lone surrogates, numbers beyond a double and
/// nesting beyond ``JSONValue/maximumDepth``.
struct JSONScanner {
    let bytes: [UInt8]
    var index: Int
    var notes: Notes = []
    private var depth: Int

    init(_ bytes: [UInt8], at index: Int = 0) {
        self.bytes = bytes
        self.index = index
        depth = 0
    }

    /// Comes to the first value of a message. Where that is an object, its braces are no nesting of what it carries.
    init(message: [UInt8]) {
        self.init(message)
        skipWhiteSpace()
        if isAtObject { depth = -1 }
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

    /// Where a value lies. Kept small, as decoding keeps a table of them.
    struct Scanned {
        private let start: Int
        private let countAndNotes: Int

        @inline(__always)
        init(from start: Int, to end: Int, notes: Notes) {
            self.start = start
            countAndNotes = (end &- start) &<< 8 | Int(notes.rawValue)
        }

        var isAbsent: Bool { countAndNotes == 0 }
        var range: Range<Int> { Range(uncheckedBounds: (start, start &+ countAndNotes &>> 8)) }
        var notes: Notes { Notes(rawValue: UInt8(truncatingIfNeeded: countAndNotes)) }

        /// Where nothing is.
        static var absent: Scanned { Scanned(from: 0, to: 0, notes: []) }
    }

    // MARK: Values

    /// Scans one value, white space before it included.
    @inline(__always)
    mutating func scanValue() throws(JSONError) -> Scanned {
        skipWhiteSpace()
        notes = []
        let start = index
        try skipValue()
        return Scanned(from: start, to: index, notes: notes)
    }

    /// Nothing but white space may follow.
    mutating func expectEnd() throws(JSONError) {
        skipWhiteSpace()
        guard index == bytes.count else { throw error("something after the value") }
    }

    // As with every token: what most messages have at this place is looked for first, white space and errors after it.
    @inline(__always)
    private mutating func skipValue() throws(JSONError) {
        guard let first = current else { throw error("a value is missing") }
        if first == UInt8(ascii: "\"") {
            _ = try scanString()
        } else if first &- UInt8(ascii: "0") < 10 {
            try skipNumber()
        } else {
            try skipOther(first)
        }
    }

    @inline(never)
    private mutating func skipOther(_ first: UInt8) throws(JSONError) {
        switch first {
        case UInt8(ascii: "{"): try skipObject()
        case UInt8(ascii: "["): try skipArray()
        case UInt8(ascii: "t"): try skipLiteral("true")
        case UInt8(ascii: "f"): try skipLiteral("false")
        case UInt8(ascii: "n"): try skipLiteral("null")
        case 0x20, 0x0A, 0x0D, 0x09:
            skipSpaces()
            try skipValue()
        default: try skipUnusualNumber()
        }
    }

    private mutating func skipObject() throws(JSONError) {
        guard try beginObject() else { return }
        // Most objects have one member, and no key to compare its own with.
        let first = try scanKey()
        note(first)
        try skipValue()
        if try continues(until: UInt8(ascii: "}")) { try skipMembers(after: first) }
    }

    @inline(never)
    private mutating func skipMembers(after first: ScannedString) throws(JSONError) {
        var keys = SeenKeys(first.range)
        repeat {
            let key = try scanKey()
            note(key)
            if !keys.insert(key.range, of: bytes) { notes.insert(.needsRewriting) }
            try skipValue()
        } while try continues(until: UInt8(ascii: "}"))
    }

    private mutating func skipArray() throws(JSONError) {
        guard try beginArray() else { return }
        repeat {
            try skipValue()
        } while try continues(until: UInt8(ascii: "]"))
    }

    /// Into an object; `false` for an empty one, which the scanner is then past.
    @inline(__always)
    mutating func beginObject() throws(JSONError) -> Bool { try begin(orEnd: UInt8(ascii: "}")) }

    /// Into an array; `false` for an empty one, which the scanner is then past.
    @inline(__always)
    mutating func beginArray() throws(JSONError) -> Bool { try begin(orEnd: UInt8(ascii: "]")) }

    @inline(__always)
    private mutating func begin(orEnd closing: UInt8) throws(JSONError) -> Bool {
        guard depth < JSONValue.maximumDepth else { throw tooDeep() }
        index &+= 1
        guard !consume(closing) else { return false }
        depth += 1
        return true
    }

    /// Past a comma: `true`; past the end of the object or array: `false`.
    @inline(__always)
    mutating func continues(until closing: UInt8) throws(JSONError) -> Bool {
        if consume(UInt8(ascii: ",")) { return true }
        guard consume(closing) else { throw missingComma(orClosing: closing) }
        depth &-= 1
        return false
    }

    /// Scans a key and the colon after it.
    @inline(__always)
    mutating func scanKey() throws(JSONError) -> ScannedString {
        try expectQuote()
        let key = try scanString()
        try expectColon()
        return key
    }

    /// Scans a key and the colon after it, where only the key's word is of interest.
    @inline(__always)
    mutating func scanKeyWord() throws(JSONError) -> PackedWord {
        try expectQuote()
        guard let (word, end) = PlainText.word(in: bytes.span, from: index &+ 1) else {
            return try scanUnusualKeyWord()
        }
        index = end &+ 1
        try expectColon()
        return word
    }

    @inline(never)
    private mutating func scanUnusualKeyWord() throws(JSONError) -> PackedWord { try scanKey().word(in: bytes) }

    @inline(__always)
    private mutating func expectQuote() throws(JSONError) {
        guard current != UInt8(ascii: "\"") else { return }
        skipSpaces()
        guard current == UInt8(ascii: "\"") else { throw error("a key in double quotes is missing") }
    }

    @inline(__always)
    private mutating func expectColon() throws(JSONError) {
        guard consume(UInt8(ascii: ":")) else { throw error("a colon after the key is missing") }
    }

    @inline(__always)
    private mutating func note(_ key: ScannedString) {
        // A plain key of one to 255 bytes that does not start so is a name, and not “$text”.
        let first = bytes[key.range.lowerBound]
        let isUsual = !key.isSuspicious && 1...Name.maximumBytes ~= key.range.count
        if !isUsual || first == UInt8(ascii: ".") || first == UInt8(ascii: "$") { noteUnusual(key) }
    }

    @inline(never)
    private mutating func noteUnusual(_ key: ScannedString) {
        if !Name.isValid(key.text(in: bytes)) { notes.insert(.invalidKey) }
        if key.word(in: bytes) == "$text" { notes.insert(.textKey) }
    }

    // MARK: Tokens

    var isAtArray: Bool { current == UInt8(ascii: "[") }
    var isAtObject: Bool { current == UInt8(ascii: "{") }

    @inline(__always)
    var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    @inline(__always)
    mutating func skipWhiteSpace() {
        if let byte = current, byte <= 0x20 { skipSpaces() }
    }

    /// Notes that the white space is not canonical, which matters inside of a value.
    @inline(never)
    private mutating func skipSpaces() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            index += 1
            notes.insert(.needsRewriting)
        }
    }

    /// Past this byte and white space before it; `false` where another byte stands.
    @inline(__always)
    private mutating func consume(_ byte: UInt8) -> Bool {
        if current != byte {
            skipWhiteSpace()
            guard current == byte else { return false }
        }
        index &+= 1
        return true
    }

    @inline(never)
    private func missingComma(orClosing closing: UInt8) -> JSONError {
        current == nil
            ? error("the text ends inside of a value")
            : JSONError("a comma or \(Character(UnicodeScalar(closing))) is missing", at: index)
    }

    @inline(never)
    private func tooDeep() -> JSONError {
        JSONError("nesting deeper than \(JSONValue.maximumDepth)", at: index)
    }

    /// Out of line, as nearly no text has errors.
    @inline(never)
    func error(_ reason: StaticString) -> JSONError { JSONError("\(reason)", at: index) }

    private mutating func skipLiteral(_ literal: PackedWord) throws(JSONError) {
        let end = index + literal.count
        guard end <= bytes.count, PackedWord(bytes.span, index..<end) == literal else {
            throw error("a value that is none of JSON's")
        }
        index = end
    }
}
