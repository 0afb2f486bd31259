import TreenityProtocol

/// The keys of names, and one small number for each that asks for one, so that a million properties hold a name once.
///
/// Numbers, and the texts of more than sixteen bytes, are kept for good.
struct NameTable: Sendable {
    private var index = HashIndex()
    private var keys = Pages<NameKey>()
    private var texts = Pages<String>()
    private var longTexts = TextTable()

    // MARK: Keys

    /// The key of a part of a text; `nil` where it is long and has not been seen. O(length).
    @inline(__always)
    func key(_ bytes: Span<UInt8>, _ range: Range<Int>) -> NameKey? {
        if let short = NameKey(bytes, range) { return short }
        return longKey(bytes.extracting(range))
    }

    private func longKey(_ bytes: Span<UInt8>) -> NameKey? {
        longTexts.number(of: bytes).map { NameKey(long: $0) }
    }

    func key(of text: String) -> NameKey? {
        let bytes = text.utf8
        return key(bytes.span, 0..<bytes.count)
    }

    mutating func makeKey(of text: String) -> NameKey {
        key(of: text) ?? NameKey(long: longTexts.intern(text))
    }

    func text(of key: NameKey) -> String { key.longNumber.map { longTexts[$0] } ?? key.shortText }

    // MARK: Numbers

    /// The number of a key; `nil` where it has none. O(1).
    @inline(__always)
    func number(of key: NameKey) -> UInt32? {
        let found = index.find(ByteHash.hash(key)) { keys[Int($0)] == key }
        return found < 0 ? nil : UInt32(found)
    }

    /// The number of a text's key; `nil` where it has none. O(length).
    func number(of text: String) -> UInt32? {
        guard let key = key(of: text) else { return nil }
        return number(of: key)
    }

    /// The number of a key, a new one where it has none. O(1).
    mutating func intern(_ key: NameKey) -> UInt32 {
        if let number = number(of: key) { return number }
        index.insert(Int32(keys.count), hash: ByteHash.hash(key))
        keys.append(key)
        texts.append(text(of: key))
        return UInt32(keys.count - 1)
    }

    mutating func intern(_ text: String) -> UInt32 { intern(makeKey(of: text)) }

    /// The key with that number. O(1).
    func key(_ number: UInt32) -> NameKey { keys[Int(number)] }

    /// The text of the key with that number. O(1).
    subscript(number: UInt32) -> String { texts[Int(number)] }
}
