/// Writes JSON text front to back.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func beginObject() { open(UInt8(ascii: "{")) }
    mutating func endObject() { close(UInt8(ascii: "}")) }
    mutating func beginArray() { open(UInt8(ascii: "[")) }
    mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes a key, and gives its place without the quotes.
    @discardableResult
    mutating func key(_ key: String) -> Range<Int> {
        let start = bytes.count + (needsComma ? 2 : 1)
        string(key)
        let end = bytes.count - 1
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
        return start..<end
    }

    mutating func string(_ string: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        JSONEscapes.appendEscaped(string.utf8, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func value(_ value: JSONValue) {
        separate()
        bytes += value.text.utf8
    }

    mutating func integer(_ integer: Int64) {
        separate()
        bytes += String(integer).utf8
    }

    mutating func member(_ key: String, _ value: JSONValue) {
        self.key(key)
        self.value(value)
    }

    mutating func member(_ key: String, _ string: String) {
        self.key(key)
        self.string(string)
    }

    mutating func member(_ key: String, _ integer: Int64) {
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
