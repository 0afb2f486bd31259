/// A quick hash of names and of pairs of numbers, other in each process, so that nobody can prepare names that collide.
package enum ByteHash {
    private static let seed: UInt64 = {
        var hasher = Hasher()
        hasher.combine(0)
        return UInt64(bitPattern: Int64(hasher.finalize())) | 1
    }()

    /// Of two texts. O(length).
    package static func hash(_ one: String, _ other: String) -> UInt32 {
        hash(Int32(bitPattern: hash(one.utf8.span)), hash(other.utf8.span))
    }

    static func hash(_ bytes: Span<UInt8>) -> UInt32 {
        var state = seed &+ UInt64(truncatingIfNeeded: bytes.count)
        var word: UInt64 = 0
        for index in bytes.indices {
            word = word << 8 | UInt64(bytes[index])
            if index & 7 == 7 {
                state = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
                state ^= state >> 32
                word = 0
            }
        }
        return finish(state ^ word)
    }

    @inline(__always)
    static func hash(_ key: NameKey) -> UInt32 {
        finish(((key.high ^ seed) &* 0x9E37_79B9_7F4A_7C15) ^ key.low)
    }

    /// A node's place in the index: by its parent and its name.
    @inline(__always)
    static func hash(_ parent: Int32, _ key: NameKey) -> UInt32 {
        let name = ((key.high ^ seed) &* 0x9E37_79B9_7F4A_7C15) ^ key.low
        return finish(name &* 0xD1B5_4A32_D192_ED03 &+ UInt64(UInt32(bitPattern: parent)))
    }

    static func hash(_ one: Int32, _ other: UInt32) -> UInt32 {
        finish(seed ^ (UInt64(UInt32(bitPattern: one)) << 32 | UInt64(other)))
    }

    /// Spreads a number over all bits (the finalizer of SplitMix64).
    @inline(__always)
    private static func finish(_ state: UInt64) -> UInt32 {
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: bits ^ bits >> 31)
    }
}
