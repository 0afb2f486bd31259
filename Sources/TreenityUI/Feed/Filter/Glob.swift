/// A pattern for one piece of text: `*` is any run of characters, `?` one.
struct Glob: Hashable, Sendable {
    private let pattern: [Unicode.Scalar]

    init(_ text: some StringProtocol) { pattern = Array(text.unicodeScalars) }

    static func isPattern(_ text: some StringProtocol) -> Bool { text.contains("*") || text.contains("?") }

    /// O(length of the text × length of the pattern) at worst.
    func matches(_ text: some StringProtocol) -> Bool {
        let text = Array(text.unicodeScalars)
        var (place, read) = (0, 0)
        var star: (place: Int, read: Int)?
        while read < text.count {
            if place < pattern.count, pattern[place] == "*" {
                star = (place, read)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[read] {
                place += 1
                read += 1
            } else if let last = star {
                star = (last.place, last.read + 1)
                (place, read) = (last.place + 1, last.read + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
