/// A pattern for one piece of text: `*` is any run of characters, `?` one.
struct Glob: Hashable, Sendable {
    private let pattern: StarPattern<Unicode.Scalar>

    init(_ text: some StringProtocol) { pattern = StarPattern(steps: Array(text.unicodeScalars), star: "*") }

    static func isPattern(_ text: some StringProtocol) -> Bool { text.contains("*") || text.contains("?") }

    /// O(length of the text × length of the pattern) at worst.
    func matches(_ text: some StringProtocol) -> Bool {
        pattern.matches(Array(text.unicodeScalars)) { $0 == "?" || $0 == $1 }
    }
}
