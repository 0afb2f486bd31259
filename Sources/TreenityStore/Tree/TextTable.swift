/// Gives equal texts one small number each. Texts are compared byte for byte. A number is never given back.
struct TextTable: Sendable {
    private var index = HashIndex()
    private var texts = Pages<String>()

    /// The number of these bytes; `nil` where they have not been seen. O(length).
    func number(of bytes: Span<UInt8>) -> UInt32? { number(of: bytes, hash: ByteHash.hash(bytes)) }

    /// The number of a text, a new one where it is seen for the first time. O(length).
    mutating func intern(_ text: String) -> UInt32 {
        let hash = ByteHash.hash(text.utf8.span)
        if let known = number(of: text.utf8.span, hash: hash) { return known }
        index.insert(Int32(texts.count), hash: hash)
        texts.append(text)
        return UInt32(texts.count - 1)
    }

    /// The text with that number. O(1).
    subscript(number: UInt32) -> String { texts[Int(number)] }

    private func number(of bytes: Span<UInt8>, hash: UInt32) -> UInt32? {
        let found = index.find(hash) { TextTable.isText(texts[Int($0)], bytes) }
        return found < 0 ? nil : UInt32(found)
    }

    private static func isText(_ text: String, _ bytes: Span<UInt8>) -> Bool {
        let own = text.utf8.span
        guard own.count == bytes.count else { return false }
        for index in own.indices where own[index] != bytes[index] { return false }
        return true
    }
}
