package import TreenityProtocol

/// Reads what a ``StateWriter`` wrote, chunk after chunk, of which it holds one.
package struct StateReader {
    private var chunks: AnyIterator<[UInt8]>
    /// The part that is being read.
    private(set) var bytes: [UInt8] = []
    private var index = 0
    private var chunk = 0
    private var texts: [String] = []
    private var newestTimestamp: Int64 = 0

    package init(_ chunks: some Sequence<[UInt8]>) {
        self.chunks = AnyIterator(chunks.makeIterator())
    }

    /// Where reading is.
    package var place: String { chunk == 0 ? "before the first part" : "part \(chunk), byte \(index)" }

    /// What is wrong, and where.
    package func error(_ reason: String) -> StateError {
        StateError("the saved state is damaged: \(reason) (\(place))")
    }

    /// Whether nothing follows.
    package mutating func isAtEnd() -> Bool {
        while index == bytes.count {
            guard let next = chunks.next() else { return true }
            (bytes, index) = (next, 0)
            chunk += 1
        }
        return false
    }

    /// To be called where a part may end and the next begin: no record lies in two of them.
    package mutating func beginRecord() throws(StateError) {
        guard !isAtEnd() else { throw error("it ends too early") }
    }

    private mutating func number() throws(StateError) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while index < bytes.count, shift < 64 {
            let byte = bytes[index]
            index += 1
            number |= UInt64(byte & 0x7F) << shift
            guard byte & 0x80 != 0 else { return number }
            shift += 7
        }
        throw error("a number has no end")
    }

    /// A number below a bound.
    package mutating func count(below bound: Int = .max) throws(StateError) -> Int {
        guard let count = Int(exactly: try number()), count < bound else { throw error("a number is too large") }
        return count
    }

    package mutating func signed() throws(StateError) -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    package mutating func text() throws(StateError) -> String {
        let count = try count()
        guard count <= bytes.count - index else { throw error("a text has no end") }
        defer { index += count }
        guard let text = try? UTF8Span(validating: bytes.span.extracting(index..<index + count)) else {
            throw error("a text is not UTF-8")
        }
        return String(copying: text)
    }

    /// Where in ``bytes`` the next value lies.
    mutating func valueRange() throws(StateError) -> Range<Int> {
        guard let end = JSONValue.endOfCanonical(in: bytes, from: index) else {
            throw error("a value is no canonical JSON")
        }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\n") else { throw error("a value has no end") }
        defer { index = end + 1 }
        return index..<end
    }

    package mutating func value() throws(StateError) -> JSONValue {
        let range = try valueRange()
        return JSONValue(part: range, of: bytes.span)
    }

    package mutating func commonText() throws(StateError) -> String {
        let number = try count(below: texts.count + 1)
        if number > 0 { return texts[number - 1] }
        texts.append(try text())
        return texts[texts.count - 1]
    }

    package mutating func timestamp() throws(StateError) -> Int64 {
        newestTimestamp &+= try signed()
        return newestTimestamp
    }
}
