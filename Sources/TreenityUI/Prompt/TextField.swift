/// One line of text being typed, with the keys of readline.
struct TextField: Equatable, Sendable {
    private(set) var characters: [Character]
    /// Characters before the place of typing.
    private(set) var cursor: Int

    init(_ text: String = "") {
        characters = Array(text)
        cursor = characters.count
    }

    var text: String { String(characters) }
    var beforeCursor: String { String(characters[..<cursor]) }
    var afterCursor: String { String(characters[cursor...]) }

    /// `false` where the key means nothing to a line of text.
    mutating func press(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .backspace: remove(from: cursor - 1, to: cursor)
        case .delete, .control("d"): remove(from: cursor, to: cursor + 1)
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = characters.count
        case .control("u"): remove(from: 0, to: cursor)
        case .control("k"): remove(from: cursor, to: characters.count)
        case .control("w"): remove(from: startOfWord, to: cursor)
        case .control, .enter, .escape, .tab, .backTab, .up, .down, .pageUp, .pageDown, .insert, .function: return false
        }
        return true
    }

    /// Types a text at the cursor. A combining mark may join the character before it.
    mutating func insert(_ text: String) {
        let head = String(characters[..<cursor]) + text
        let tail = characters[cursor...]
        characters = Array(head)
        cursor = characters.count
        characters += tail
    }

    private mutating func remove(from start: Int, to end: Int) {
        let start = max(0, start)
        let end = min(end, characters.count)
        guard start < end else { return }
        characters.removeSubrange(start..<end)
        cursor = start
    }

    private var startOfWord: Int {
        var start = cursor
        while start > 0, characters[start - 1].isWhitespace { start -= 1 }
        while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
        return start
    }
}
