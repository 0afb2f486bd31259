/// Gives equal texts one small number each, so that a tree of a million nodes holds each name once. Texts are compared
/// byte for byte. A number is never given back.
struct TextTable: Sendable {
    private var index = HashIndex()
    private var texts = Pages<String>()

    /// The number of these bytes; `nil` where they have not been seen. O(length).
    func number(of bytes: Span<UInt8>) -> UInt32? { number(of: bytes, hash: ByteHash.hash(bytes)) }

    func number(of bytes: Span<UInt8>, hash: UInt32) -> UInt32? {
        let found = find(bytes, hash: hash)
        return found < 0 ? nil : UInt32(found)
    }

    /// The number of a JSON string that needs no escapes; `nil` for others, and where it has not been seen.
    func number(ofQuoted bytes: Span<UInt8>) -> UInt32? {
        guard bytes.count >= 2, bytes[0] == UInt8(ascii: "\"") else { return nil }
        let inner = bytes.extracting(1..<bytes.count - 1)
        for index in inner.indices where inner[index] == UInt8(ascii: "\\") { return nil }
        return number(of: inner)
    }

    /// The number of a text, where it has been seen. O(length).
    func number(of text: String) -> UInt32? { number(of: text.utf8.span) }

    /// The number of a text, a new one where it is seen for the first time. O(length).
    mutating func intern(_ text: String) -> UInt32 {
        let hash = ByteHash.hash(text.utf8.span)
        let found = find(text.utf8.span, hash: hash)
        if found >= 0 { return UInt32(found) }
        index.insert(Int32(texts.count), hash: hash)
        texts.append(text)
        return UInt32(texts.count - 1)
    }

    /// The text with that number. O(1).
    subscript(number: UInt32) -> String { texts[Int(number)] }

    @inline(__always)
    private func find(_ bytes: Span<UInt8>, hash: UInt32) -> Int32 {
        index.find(hash) { texts[Int($0)].hasBytes(bytes) }
    }
}

extension String {
    func hasBytes(_ bytes: Span<UInt8>) -> Bool {
        let own = utf8.span
        guard own.count == bytes.count else { return false }
        for index in own.indices where own[index] != bytes[index] { return false }
        return true
    }
}
