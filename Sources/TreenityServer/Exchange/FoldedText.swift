/// A text to look for in others, whatever the case.
struct FoldedText: Sendable {
    private let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.lowercased().utf8)
    }

    /// O(length of the other text × length of this one) at worst, near the former in practice.
    func isContained(in text: String) -> Bool {
        guard let first = bytes.first else { return true }
        // Other characters than ASCII's may change their length with their case.
        let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
        let folded = isASCII ? text.utf8.map(FoldedText.lowered) : Array(text.lowercased().utf8)
        guard folded.count >= bytes.count else { return false }
        return (0...folded.count - bytes.count).contains { start in
            folded[start] == first && folded[start..<start + bytes.count].elementsEqual(bytes)
        }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
