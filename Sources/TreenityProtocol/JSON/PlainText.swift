/// Runs of the bytes that a JSON string holds as they are: printable ASCII but for the quote and the backslash.
enum PlainText {
    /// Where the run that starts at `start` ends. Eight bytes a step, each step a few operations on one number.
    @inline(__always)
    static func end(in bytes: Span<UInt8>, from start: Int) -> Int {
        var rest = bytes.extracting(droppingFirst: start)
        while let word = rest.firstWord {
            let stops = stops(in: word)
            guard stops == 0 else { return bytes.count &- rest.count &+ stops.trailingZeroBitCount / 8 }
            rest = rest.extracting(droppingFirst: 8)
        }
        var place = bytes.count &- rest.count
        while place < bytes.count, isPlain(bytes[place]) { place += 1 }
        return place
    }

    /// The plain text from `start` to the next quote, and the quote's place; `nil` where it is no plain text, or has more
    /// than fifteen bytes.
    @inline(__always)
    static func word(in bytes: Span<UInt8>, from start: Int) -> (PackedWord, end: Int)? {
        let rest = bytes.extracting(droppingFirst: start)
        guard let first = rest.firstWord else { return nil }
        let bits = stops(in: first).trailingZeroBitCount & ~7
        guard bits == 64 else {
            guard isQuote(first, at: bits) else { return nil }
            return (PackedWord(first, bits: bits), start &+ bits / 8)
        }
        guard let second = rest.extracting(droppingFirst: 8).firstWord else { return nil }
        let moreBits = stops(in: second).trailingZeroBitCount & ~7
        guard moreBits < 64, isQuote(second, at: moreBits) else { return nil }
        return (PackedWord(first, second, bits: moreBits), start &+ 8 &+ moreBits / 8)
    }

    @inline(__always)
    private static func isQuote(_ word: UInt64, at bits: Int) -> Bool {
        UInt8(truncatingIfNeeded: word &>> UInt64(bits)) == UInt8(ascii: "\"")
    }

    /// Whether eight bytes of a path are printable ASCII without tildes in which no slash is followed by another or by a
    /// dot. `afterSlash` says whether they follow a slash, and then, whether what comes after them does.
    @inline(__always)
    static func areNames(_ word: UInt64, afterSlash: inout Bool) -> Bool {
        guard (word | (word &+ ones &* 2) | (word &- ones &* 0x20)) & tops == 0 else { return false }
        // All bytes are below 0x80: exactly those that equal have their top bit set.
        let slashes = tops &- (word ^ ones &* 0x2F)
        let slashesAndDots = tops &- ((word | ones) ^ ones &* 0x2F)
        let before: UInt64 = afterSlash ? 0x80 : 0
        afterSlash = slashes &>> 63 == 1
        return slashesAndDots & (slashes &<< 8 | before) & tops == 0
    }

    @inline(__always)
    static func isPlain(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// Where the next byte stands, from `start` on, that a JSON string holds escaped only.
    static func endOfUnescaped(in bytes: Span<UInt8>, from start: Int) -> Int {
        var rest = bytes.extracting(droppingFirst: start)
        while let word = rest.firstWord {
            let stops = escaped(in: word) & tops
            guard stops == 0 else { return bytes.count &- rest.count &+ stops.trailingZeroBitCount / 8 }
            rest = rest.extracting(droppingFirst: 8)
        }
        var place = bytes.count &- rest.count
        while place < bytes.count, bytes[place] >= 0x80 || bytes[place] == 0x7F || isPlain(bytes[place]) { place += 1 }
        return place
    }

    /// Where the next slash or tilde stands, from `start` on; the end of the bytes where there is none.
    @inline(__always)
    static func endOfName(in bytes: Span<UInt8>, from start: Int) -> Int {
        var rest = bytes.extracting(droppingFirst: start)
        while let word = rest.firstWord {
            let slashes = (word ^ ones &* UInt64(UInt8(ascii: "/"))) &- ones
            let tildes = (word ^ ones &* UInt64(UInt8(ascii: "~"))) &- ones
            let stops = (slashes | tildes) & ~word & tops
            guard stops == 0 else { return bytes.count &- rest.count &+ stops.trailingZeroBitCount / 8 }
            rest = rest.extracting(droppingFirst: 8)
        }
        var place = bytes.count &- rest.count
        while place < bytes.count, bytes[place] != UInt8(ascii: "/"), bytes[place] != UInt8(ascii: "~") { place += 1 }
        return place
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// The top bit of each byte that is not plain. Borrows and carries can set bits wrongly only above the lowest that
    /// is set rightly, so that the lowest is always right.
    @inline(__always)
    private static func stops(in word: UInt64) -> UInt64 {
        (escaped(in: word) | word | (word &+ ones)) & tops
    }

    /// The same of each byte that has to be escaped.
    @inline(__always)
    private static func escaped(in word: UInt64) -> UInt64 {
        let controls = word &- ones &* 0x20
        let quotes = (word ^ ones &* UInt64(UInt8(ascii: "\""))) &- ones
        let backslashes = (word ^ ones &* UInt64(UInt8(ascii: "\\"))) &- ones
        return (controls | quotes | backslashes) & ~word
    }
}

extension Span<UInt8> {
    /// The first eight bytes, the first of them in the lowest place; `nil` where there are fewer. One load.
    @inlinable
    @inline(__always)
    package var firstWord: UInt64? {
        guard count >= 8 else { return nil }
        var word: UInt64 = 0
        for place in 0..<8 { word |= UInt64(self[place]) &<< UInt64(8 &* place) }
        return word
    }
}
