import TreenityProtocol

/// A name as two numbers: its bytes, where they are at most sixteen, else where its table keeps the text. So names are
/// compared and hashed without a look at a string.
struct NameKey: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    /// No text in UTF-8 has this byte.
    private static let longMark: UInt64 = 0xFF << 56

    /// The key of a short text that does not begin with NUL; `nil` for all others.
    @inline(__always)
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard range.count <= 16 else { return nil }
        let word = PackedWord(bytes, range)
        guard word.count == range.count else { return nil }
        (high, low) = word.halves
    }

    /// The key of the long text with that number.
    init(long number: UInt32) {
        high = NameKey.longMark
        low = UInt64(number)
    }

    static let empty = NameKey(high: 0, low: 0)

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The number of a long text; `nil`: this is a short one.
    var longNumber: UInt32? { high & NameKey.longMark == NameKey.longMark ? UInt32(low) : nil }

    /// The short text that this is.
    var shortText: String {
        var bytes = InlineArray<16, UInt8>(repeating: 0)
        for place in 0..<8 {
            bytes[place] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * place))
            bytes[place + 8] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * place))
        }
        let count = 16 - (high == 0 ? 8 + low.leadingZeroBitCount / 8 : high.leadingZeroBitCount / 8)
        return String(utf8: bytes.span.extracting(last: count))
    }
}
