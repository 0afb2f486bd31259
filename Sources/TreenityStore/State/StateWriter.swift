/// Writes the parts of a state as bytes: numbers in base 128, least significant group first, texts after their length, and
/// texts that come often by a number once they have come.
package struct StateWriter {
    /// What was written since ``takeBytes()``.
    package private(set) var bytes: [UInt8] = []
    private var numbers: [String: Int] = [:]
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

    /// A text that comes often.
    package mutating func put(common text: String) {
        if let number = numbers[text] { return put(number + 1) }
        numbers[text] = numbers.count
        put(0)
        put(text)
    }

    /// A time near the one before.
    package mutating func put(timestamp milliseconds: Int64) {
        put(signed: milliseconds &- timestamp)
        timestamp = milliseconds
    }
}
