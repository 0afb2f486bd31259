/// Keys as people write them: `gg`, `C-d`, `S-Tab`, `PageDown`.
enum KeyNotation {
    private static let named: [(String, Key)] =
        [
            ("Enter", .enter), ("Escape", .escape), ("Tab", .tab), ("S-Tab", .backTab), ("Backspace", .backspace),
            ("Delete", .delete), ("Insert", .insert), ("Up", .up), ("Down", .down), ("Left", .left),
            ("Right", .right), ("C-Left", .wordLeft), ("C-Right", .wordRight), ("M-Backspace", .wordBackspace),
            ("Home", .home), ("End", .end), ("PageUp", .pageUp), ("PageDown", .pageDown),
            ("Space", .character(" ")),
        ] + (1...12).map { ("F\($0)", .function($0)) }

    /// A sequence from its notation; a word that names no key is a sequence of characters.
    static func keys(_ text: String) -> [Key] {
        if let key = named.first(where: { $0.0 == text })?.1 { return [key] }
        if text.hasPrefix("C-"), text.count == 3, let letter = text.last { return [.control(letter)] }
        if text.hasPrefix("M-"), text.count == 3, let letter = text.last { return [.alt(letter)] }
        return text.map(Key.character)
    }

    /// A sequence from what a user wrote. Stricter: a word that looks like the name of a key has to be one.
    static func parse(_ word: String) throws(KeyError) -> [Key] {
        if named.contains(where: { $0.0 == word }) { return keys(word) }
        if word.count == 3, word.hasPrefix("M-") { return keys(word) }
        if word.count == 3, word.dropFirst().first == "-", let letter = word.last {
            guard word.hasPrefix("C-"), let byte = letter.asciiValue, 0x61...0x7A ~= byte || "@\\]^_".contains(letter)
            else { throw .unknownKey(word, "there are C-a to C-z, C-@, C-\\, C-], C-^, C-_, and Alt as M-a") }
            if let same = ["i": "Tab", "m": "Enter", "h": "Backspace"][letter] {
                throw .unknownKey(word, "terminals send the same for it and \(same)")
            }
            return keys(word)
        }
        guard word.count <= longestWord else {
            let names = named.map(\.0).joined(separator: ", ")
            throw .unknownKey(word, "keys with names are \(names), and C-a to C-z")
        }
        guard let first = word.first, !"123456789".contains(first) else {
            throw .unknownKey(word, "digits that come first are counts, as in 5j")
        }
        return keys(word)
    }

    /// More keys than that one after the other are no word of keys, but a name that is not known.
    private static let longestWord = 4

    static func text(_ keys: [Key]) -> String { keys.map(text).joined() }

    private static func text(_ key: Key) -> String {
        if let name = named.first(where: { $0.1 == key })?.0 { return name }
        switch key {
        case .character(let character): return String(character)
        case .control(let letter): return "^" + letter.uppercased()
        case .alt(let letter): return "M-\(letter)"
        case .function(let number): return "F\(number)"
        case .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .wordLeft, .wordRight,
            .wordBackspace, .home, .end, .pageUp, .pageDown, .insert:
            preconditionFailure("a key without a name: \(key)")
        }
    }
}
