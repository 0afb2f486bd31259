package import TreenityProtocol

/// Writes the parts of a state as bytes: numbers in base 128, least significant group first, texts after their length,
/// values and the first line as JSON up to a line feed, and texts that come often by a number once they have come.
package struct StateWriter: Sendable {
    /// What was written since ``takeBytes()``.
    package private(set) var bytes: [UInt8] = []
    private var common = TextTable()
    private var commonCount: UInt32 = 0
    private var timestamp: Int64 = 0

    package init() {}

    /// Gives what was written, and begins anew; what was said is still known.
    package mutating func takeBytes() -> [UInt8] {
        defer {
            bytes = []
            bytes.reserveCapacity(300 << 10)
        }
        return bytes
    }

    /// - Precondition: it is not negative.
    package mutating func put(_ number: Int) { put(UInt64(number)) }

    private mutating func put(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A number that may be negative: small ones are short.
    package mutating func put(signed number: Int64) {
        put(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    package mutating func put(_ text: String) {
        put(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    /// Canonical text needs no length: it holds no line feed, and reading it finds its end.
    package mutating func put(_ value: JSONValue) {
        bytes.append(contentsOf: value.text.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// A text that comes often. Texts are told apart by their bytes.
    package mutating func put(common text: String) {
        let number = common.intern(text)
        guard number == commonCount else { return put(Int(number) + 1) }
        commonCount += 1
        put(0)
        put(text)
    }

    /// A time near the one before.
    package mutating func put(timestamp milliseconds: Int64) {
        put(signed: milliseconds &- timestamp)
        timestamp = milliseconds
    }
}
