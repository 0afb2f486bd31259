/// Runs of decimal digits, eight a step: each step a few operations on one number.
enum Digits {
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Where the run that starts at `start` ends.
    @inline(__always)
    static func end(in bytes: Span<UInt8>, from start: Int) -> Int {
        var rest = bytes.extracting(droppingFirst: start)
        while let word = rest.firstWord {
            let stops = stops(in: word)
            guard stops == 0 else { return bytes.count &- rest.count &+ stops.trailingZeroBitCount / 8 }
            rest = rest.extracting(droppingFirst: 8)
        }
        var place = bytes.count &- rest.count
        while place < bytes.count, bytes[place] &- UInt8(ascii: "0") < 10 { place += 1 }
        return place
    }

    /// The number that at most 18 bytes spell; `nil` where one of them is no digit.
    @inline(__always)
    static func value(_ bytes: Span<UInt8>) -> Int64? {
        var rest = bytes
        var value: Int64 = 0
        while let word = rest.firstWord {
            guard stops(in: word) == 0 else { return nil }
            value = value &* 100_000_000 &+ Int64(truncatingIfNeeded: eight(word))
            rest = rest.extracting(droppingFirst: 8)
        }
        for place in 0..<rest.count {
            let digit = rest[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int64(digit)
        }
        return value
    }

    /// The top bit of each byte that is no digit; rightly so up to the lowest that is set.
    @inline(__always)
    private static func stops(in word: UInt64) -> UInt64 {
        ((word &+ ones &* 0x46) | (word &- ones &* 0x30)) & (ones &* 0x80)
    }

    /// The number that eight digits spell, the first in the lowest byte: pairs, then fours, then all.
    @inline(__always)
    private static func eight(_ word: UInt64) -> UInt64 {
        let digits = word &- ones &* 0x30
        let pairs = (digits &* 10 &+ digits &>> 8) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
        return (fours &* 10_000 &+ fours &>> 32) & 0xFFFF_FFFF
    }
}
