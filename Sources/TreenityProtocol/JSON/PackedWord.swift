/// Up to sixteen bytes of text as one number, so that a `switch` over words compares numbers instead of strings.
package struct PackedWord: Equatable, ExpressibleByStringLiteral {
    private let bits: UInt128

    private init(bits: UInt128) {
        self.bits = bits
    }

    /// Stands for every text that is no word: too long, or with a NUL in it. No literal equals it.
    static let other = PackedWord(bits: .max)

    /// - Precondition: the literal has at most sixteen bytes.
    @inline(__always)
    package init(stringLiteral literal: StaticString) {
        bits = literal.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt128($1) } }
    }

    /// The word that lies in `range`.
    package init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        let rest = bytes.extracting(droppingFirst: range.lowerBound)
        let count = range.count
        if count <= 8, let word = rest.firstWord {
            bits = UInt128(count == 0 ? 0 : word.byteSwapped >> UInt64(64 - 8 * count))
        } else if count <= 16, let high = rest.firstWord, let low = rest.extracting(droppingFirst: 8).firstWord {
            bits = (UInt128(high.byteSwapped) << 64 | UInt128(low.byteSwapped)) >> UInt128(128 - 8 * count)
        } else {
            self = PackedWord(slowly: bytes, range)
        }
    }

    /// The word that the lowest `bits` of a number are, fewer than 64, its first byte in the lowest place.
    @inline(__always)
    init(_ word: UInt64, bits: Int) {
        self.bits = UInt128((word &<< 8).byteSwapped &>> UInt64(56 &- bits))
    }

    /// The word that a number and the lowest `bits` of another are, fewer than 64.
    @inline(__always)
    init(_ first: UInt64, _ second: UInt64, bits: Int) {
        let low = (second &<< 8).byteSwapped &>> UInt64(56 &- bits)
        self.bits = UInt128(first.byteSwapped) &<< UInt128(bits) | UInt128(low)
    }

    /// Near the end of the bytes, where no eight are left to load at once.
    private init(slowly bytes: Span<UInt8>, _ range: Range<Int>) {
        guard range.count <= 16 else {
            self = .other
            return
        }
        bits = range.reduce(0) { $0 << 8 | UInt128(bytes[$1]) }
    }

    /// The word that `text` is.
    init(_ text: String) {
        let bytes = text.utf8
        self = bytes.contains(0) ? .other : PackedWord(slowly: bytes.span, 0..<bytes.count)
    }

    /// The word as two numbers.
    package var halves: (high: UInt64, low: UInt64) {
        (UInt64(truncatingIfNeeded: bits >> 64), UInt64(truncatingIfNeeded: bits))
    }

    /// How many bytes the word has.
    package var count: Int { 16 - bits.leadingZeroBitCount / 8 }
}
