extension Command {
    /// What the configuration and the palette call it: `move.next`, `tree.fold-to-depth.3`. Made of the cases, so that
    /// no command can be without one.
    var name: String { Command.words(of: self).map(Command.hyphenated).joined(separator: ".") }

    private static func words(of value: Any) -> [String] {
        guard let inner = Mirror(reflecting: value).children.first else { return ["\(value)"] }
        return [inner.label ?? ""] + words(of: inner.value)
    }

    /// `halfPageDown` → `half-page-down`
    private static func hyphenated(_ word: String) -> String {
        word.reduce(into: "") { text, letter in text += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
        }
    }
}
