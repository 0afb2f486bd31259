/// A text to be found within others: capitals matter only where it has some.
struct SearchPattern: Sendable {
    private let bytes: [UInt8]
    private let isCaseSensitive: Bool
    /// Small letters are told by a bit.
    private let isASCII: Bool

    private static let mostRanges = 16

    init(_ text: String) {
        isCaseSensitive = text.contains(where: \.isUppercase)
        bytes = Array((isCaseSensitive ? text : text.lowercased()).utf8)
        isASCII = bytes.allSatisfy { $0 < 0x80 }
    }

    /// O(length of both), most often O(text).
    func matches(_ text: String) -> Bool {
        let text = isASCII || isCaseSensitive ? text : text.lowercased()
        return place(in: text.utf8.span, from: 0) != nil
    }

    /// Where it is in a text, from left to right, without overlap; nothing where small letters take other bytes.
    func ranges(in text: String) -> [Range<String.Index>] {
        guard !bytes.isEmpty else { return [] }
        let folded = isASCII || isCaseSensitive ? text : text.lowercased()
        guard folded.utf8.count == text.utf8.count else { return [] }
        var ranges: [Range<String.Index>] = []
        var start = 0
        while ranges.count < SearchPattern.mostRanges, let place = place(in: folded.utf8.span, from: start) {
            let from = text.utf8.index(text.startIndex, offsetBy: place)
            ranges.append(from..<text.utf8.index(from, offsetBy: bytes.count))
            start = place + bytes.count
        }
        return ranges
    }

    private func place(in text: Swift.Span<UInt8>, from start: Int) -> Int? {
        guard let first = bytes.first else { return start }
        var place = start
        while place + bytes.count <= text.count {
            if folded(text[place]) == first, agrees(text, at: place) { return place }
            place += 1
        }
        return nil
    }

    private func agrees(_ text: Swift.Span<UInt8>, at place: Int) -> Bool {
        for offset in 1..<max(1, bytes.count) where folded(text[place + offset]) != bytes[offset] { return false }
        return true
    }

    private func folded(_ byte: UInt8) -> UInt8 {
        !isCaseSensitive && UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
