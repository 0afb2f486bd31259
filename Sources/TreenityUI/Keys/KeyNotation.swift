/// Keys as people write them: `gg`, `C-d`, `S-Tab`, `PageDown`.
enum KeyNotation {
    private static let named: [(String, Key)] =
        [
            ("Enter", .enter), ("Escape", .escape), ("Tab", .tab), ("S-Tab", .backTab), ("Backspace", .backspace),
            ("Delete", .delete), ("Insert", .insert), ("Up", .up), ("Down", .down), ("Left", .left),
            ("Right", .right), ("Home", .home), ("End", .end), ("PageUp", .pageUp), ("PageDown", .pageDown),
            ("Space", .character(" ")),
        ] + (1...12).map { ("F\($0)", .function($0)) }

    /// A sequence from its notation; a word that names no key is a sequence of characters.
    static func keys(_ text: String) -> [Key] {
        if let key = named.first(where: { $0.0 == text })?.1 { return [key] }
        if text.hasPrefix("C-"), text.count == 3, let letter = text.last { return [.control(letter)] }
        return text.map(Key.character)
    }

    static func text(_ keys: [Key]) -> String { keys.map(text).joined() }

    private static func text(_ key: Key) -> String {
        if let name = named.first(where: { $0.1 == key })?.0 { return name }
        switch key {
        case .character(let character): return String(character)
        case .control(let letter): return "^" + letter.uppercased()
        case .function(let number): return "F\(number)"
        case .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp,
            .pageDown, .insert:
            preconditionFailure("a key without a name: \(key)")
        }
    }
}
