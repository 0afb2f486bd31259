/// Runs of the bytes that a JSON string holds as they are: printable ASCII but for the quote and the backslash.
enum PlainText {
    /// Where the run that starts at `start` ends. Eight bytes a step, each step a few operations on one number.
    @inline(__always)
    static func end(in bytes: Span<UInt8>, from start: Int) -> Int {
        var place = start
        while let word = bytes.word(at: place) {
            let stops = stops(in: word)
            guard stops == 0 else { return place + stops.trailingZeroBitCount / 8 }
            place += 8
        }
        while place < bytes.count, isPlain(bytes[place]) { place += 1 }
        return place
    }

    @inline(__always)
    static func isPlain(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// The top bit of each byte that is not plain. Borrows and carries can set bits wrongly only above the lowest that
    /// is set rightly, so that the lowest is always right.
    @inline(__always)
    private static func stops(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let controls = word &- ones &* 0x20
        let quotes = (word ^ ones &* UInt64(UInt8(ascii: "\""))) &- ones
        let backslashes = (word ^ ones &* UInt64(UInt8(ascii: "\\"))) &- ones
        let beyondASCII = word | (word &+ ones)
        return ((controls | quotes | backslashes) & ~word | beyondASCII) & (ones &* 0x80)
    }
}

extension Span<UInt8> {
    /// The eight bytes from `index` on, the first in the lowest place; `nil` where fewer are left. One load.
    @inline(__always)
    func word(at index: Int) -> UInt64? {
        guard index >= 0, count &- index >= 8 else { return nil }
        var word: UInt64 = 0
        for place in 0..<8 { word |= UInt64(self[index &+ place]) &<< UInt64(8 &* place) }
        return word
    }
}
