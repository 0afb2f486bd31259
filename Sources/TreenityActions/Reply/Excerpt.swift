/// The start of a text that somebody else wrote, fit to stand in an error message.
enum Excerpt {
    static let maximumCharacters = 500
    /// How many bytes are worth keeping for it.
    static let maximumBytes = 4 * maximumCharacters

    /// The first 500 characters of bytes that should be UTF-8, on one line: white space, and characters that control or
    /// format instead of being seen, are single spaces.
    static func text(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(maximumBytes), as: UTF8.self)
        let words = text.unicodeScalars.split { !isVisible($0) }.map { String($0) }
        return String(words.joined(separator: " ").prefix(maximumCharacters))
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate: false
        default: true
        }
    }
}
