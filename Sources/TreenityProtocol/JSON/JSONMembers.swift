/// Walks over the members of canonical JSON objects front to back, nested ones included, without building anything.
///
/// It stands before a member or before the end of an object; the text is given anew at each step, so that the walk is a
/// plain number.
package struct JSONMembers {
    /// Where the walk stands, in bytes from the start of the text.
    package private(set) var index: Int

    /// A walk that begins with the first member of the object whose brace is at `index`.
    package init(enteringObjectAt index: Int = 0) {
        self.index = index + 1
    }

    /// A key as it stands in the text, without its quotes.
    package struct Key {
        /// Its bytes, still escaped.
        package let range: Range<Int>
        /// Whether they have to be unescaped.
        package let hasEscapes: Bool
    }

    /// The next key; the walk then stands before its value. `nil` at the end of the object, which it then has passed.
    package mutating func nextKey(in text: Span<UInt8>) -> Key? {
        if text[index] == UInt8(ascii: ",") { index += 1 }
        guard text[index] == UInt8(ascii: "\"") else {
            index += 1
            return nil
        }
        let start = index + 1
        let hasEscapes = JSONMembers.skipString(in: text, at: &index)
        let key = Key(range: start..<index - 1, hasEscapes: hasEscapes)
        index += 1
        return key
    }

    /// Whether the value that comes next is an object.
    package func isAtObject(in text: Span<UInt8>) -> Bool { text[index] == UInt8(ascii: "{") }

    /// Into the object that comes next.
    package mutating func enterObject() { index += 1 }

    /// Past the value that comes next.
    package mutating func skipValue(in text: Span<UInt8>) -> Range<Int> {
        let start = index
        switch text[index] {
        case UInt8(ascii: "\""): _ = JSONMembers.skipString(in: text, at: &index)
        case UInt8(ascii: "{"), UInt8(ascii: "["): skipContainer(in: text)
        default:
            while index < text.count, !JSONMembers.endsToken(text[index]) { index += 1 }
        }
        return start..<index
    }

    private mutating func skipContainer(in text: Span<UInt8>) {
        var depth = 0
        repeat {
            switch text[index] {
            case UInt8(ascii: "\""):
                _ = JSONMembers.skipString(in: text, at: &index)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            index += 1
        } while depth > 0
    }

    /// Past the string whose quote is at `index`; `true` where it holds escapes.
    private static func skipString(in text: Span<UInt8>, at index: inout Int) -> Bool {
        var hasEscapes = false
        index = PlainText.end(in: text, from: index + 1)
        while text[index] != UInt8(ascii: "\"") {
            if text[index] == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 1
            }
            index = PlainText.end(in: text, from: index + 1)
        }
        index += 1
        return hasEscapes
    }

    private static func endsToken(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }
}

extension JSONValue {
    /// The string under a key of an object; `nil` where there is none. O(length).
    package func stringMember(_ key: StaticString) -> String? {
        guard isObject else { return nil }
        let bytes = text.utf8
        guard let range = JSONValue.place(ofMember: key, in: bytes.span) else { return nil }
        if let inner = JSONValue.plainString(at: range, in: bytes.span) {
            return String(utf8: bytes.span.extracting(inner))
        }
        return JSONValue(part: range, of: bytes.span).string
    }

    /// Whether it is an object that has such a key. O(length).
    package func hasMember(_ key: StaticString) -> Bool {
        JSONValue.place(ofMember: key, in: text.utf8.span) != nil
    }

    /// This object with a string more, behind the other members. O(length).
    ///
    /// - Precondition: it is an object, without such a key, which needs no escapes.
    package func appending(_ key: StaticString, _ string: String) -> JSONValue {
        var writer = JSONWriter(continuing: self)
        writer.member(key, string)
        writer.endObject()
        return JSONValue(canonical: writer.text)
    }

    /// Where in a canonical object's text the string under a key stands, without its quotes; `nil` where there is none, or
    /// one that holds escapes. O(length).
    package static func plainString(of key: StaticString, in text: Span<UInt8>) -> Range<Int>? {
        place(ofMember: key, in: text).flatMap { plainString(at: $0, in: text) }
    }

    /// What is between the quotes of a value; `nil` where it is no string, or one that holds escapes.
    private static func plainString(at place: Range<Int>, in text: Span<UInt8>) -> Range<Int>? {
        guard text[place.lowerBound] == UInt8(ascii: "\"") else { return nil }
        let inner = place.lowerBound + 1..<place.upperBound - 1
        return PlainText.end(in: text, from: inner.lowerBound) == inner.upperBound ? inner : nil
    }

    /// As ``plainString(of:in:)`` for `user`, at once where that is the first member, as it mostly is.
    package static func plainUser(in text: Span<UInt8>) -> Range<Int>? {
        guard text.count > 9, text.firstWord == JSONValue.userOpening, text[8] == UInt8(ascii: "\"") else {
            return plainString(of: "user", in: text)
        }
        let end = PlainText.end(in: text, from: 9)
        return text[end] == UInt8(ascii: "\"") ? 9..<end : nil
    }

    /// `{"user":`
    private static let userOpening: UInt64 = 0x3A22_7265_7375_227B

    private static func place(ofMember key: StaticString, in text: Span<UInt8>) -> Range<Int>? {
        guard text[0] == UInt8(ascii: "{") else { return nil }
        var walk = JSONMembers()
        while let next = walk.nextKey(in: text) {
            let range = walk.skipValue(in: text)
            if next.is(key, in: text) { return range }
        }
        return nil
    }

    /// The value that lies in this part of a canonical text.
    package init(part range: Range<Int>, of text: Span<UInt8>) {
        self.init(canonical: String(utf8: text.extracting(range)))
    }
}

extension JSONMembers.Key {
    /// Whether this is the key that one expects; it needs no escapes.
    func `is`(_ expected: StaticString, in bytes: Span<UInt8>) -> Bool {
        guard !hasEscapes, range.count == expected.utf8CodeUnitCount else {
            return hasEscapes && text(in: bytes).hasSameBytes(as: "\(expected)")
        }
        return expected.withUTF8Buffer { expected in
            (0..<range.count).allSatisfy { expected[$0] == bytes[range.lowerBound + $0] }
        }
    }

    /// The key, unescaped.
    package func text(in bytes: Span<UInt8>) -> String {
        guard hasEscapes else { return String(utf8: bytes.extracting(range)) }
        var quoted: [UInt8] = [UInt8(ascii: "\"")]
        for index in range { quoted.append(bytes[index]) }
        quoted.append(UInt8(ascii: "\""))
        var reader = JSONReader(quoted)
        return reader.string()
    }
}
