/// Writes JSON text front to back.
package struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// A writer with room for most messages.
    package init() {
        bytes.reserveCapacity(256)
    }

    /// A writer that has written an object but for its end.
    init(continuing object: JSONValue) {
        bytes.reserveCapacity(object.text.utf8.count + 64)
        object.text.appendBytes(to: &bytes)
        bytes.removeLast()
        needsComma = bytes.count > 1
    }

    /// What was written so far.
    package var text: String { String(utf8: bytes.span) }

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    mutating func beginArray() { open(UInt8(ascii: "[")) }
    mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes a key that needs no escapes.
    mutating func key(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes any key, and gives its place without the quotes.
    mutating func key(escaping key: String) -> Range<Int> {
        let start = bytes.count + (needsComma ? 2 : 1)
        string(key)
        let end = bytes.count - 1
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
        return start..<end
    }

    /// Writes any key.
    package mutating func key(named key: Name) { _ = self.key(escaping: key.text) }

    mutating func string(_ string: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        JSONEscapes.append(escaping: string, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func value(_ value: JSONValue) {
        separate()
        value.text.appendBytes(to: &bytes)
    }

    mutating func integer(_ integer: Int64) {
        separate()
        if integer < 0 { bytes.append(UInt8(ascii: "-")) }
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var first = digits.count
        var rest = integer.magnitude
        repeat {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        } while rest > 0
        bytes.append(addingCapacity: digits.count - first) { output in
            for place in first..<digits.count { output.append(digits[place]) }
        }
    }

    mutating func member(_ key: StaticString, _ value: JSONValue) {
        self.key(key)
        self.value(value)
    }

    mutating func member(_ key: StaticString, _ string: String) {
        self.key(key)
        self.string(string)
    }

    mutating func member(_ key: StaticString, _ integer: Int64) {
        self.key(key)
        self.integer(integer)
    }

    /// `text` as a JSON string with its quotes.
    static func quoted(_ text: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.string(text)
        return writer.bytes
    }

    private mutating func open(_ byte: UInt8) {
        separate()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
