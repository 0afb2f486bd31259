/// The keys of readline.
extension TextField {
    /// `false` where the key means nothing to a text.
    mutating func press(_ key: Key) -> Bool {
        switch key {
        case .character(let character): replace(cursor..<cursor, with: String(character), as: .typing)
        case .backspace: erase(max(0, cursor - 1)..<cursor)
        case .delete, .control("d"): erase(cursor..<min(cursor + 1, characters.count))
        case .left, .control("b"): move(to: cursor - 1)
        case .right, .control("f"): move(to: cursor + 1)
        case .home, .control("a"): move(to: lineStart(of: cursor))
        case .end, .control("e"): move(to: lineEnd(of: cursor))
        case .wordLeft, .alt("b"): move(to: wordStart(before: cursor))
        case .wordRight, .alt("f"): move(to: wordEnd(after: cursor))
        case .control("u"): kill(lineStart(of: cursor)..<cursor, forwards: false)
        case .control("k"): killToLineEnd()
        case .control("w"): kill(blankStart(before: cursor)..<cursor, forwards: false)
        case .wordBackspace: kill(wordStart(before: cursor)..<cursor, forwards: false)
        case .alt("d"): kill(cursor..<wordEnd(after: cursor), forwards: true)
        case .control("y"): yank(kills.newest)
        case .alt("y"): yankOlder()
        case .control("t"): transpose()
        case .control("_"), .control("z"): _ = undo()
        case .control("^"), .alt("z"): _ = redo()
        case .control, .alt, .enter, .escape, .tab, .backTab, .up, .down, .pageUp, .pageDown, .insert, .function:
            return false
        }
        return true
    }

    /// Whether a key with Alt means something to a text.
    static func isEditing(_ key: Key) -> Bool {
        guard case .alt(let letter) = key else { return false }
        return "bfdyz".contains(letter)
    }

    // MARK: Taking out and putting in

    private mutating func erase(_ range: Range<Int>) {
        replace(range, with: "", as: .erasing)
    }

    /// Takes characters out and keeps them, together with those that were killed just before.
    private mutating func kill(_ range: Range<Int>, forwards: Bool) {
        guard !range.isEmpty else { return }
        kills.kill(String(characters[range]), forwards: forwards, goesOn: last == .killing)
        replace(range, with: "", as: .killing)
    }

    private mutating func killToLineEnd() {
        let end = lineEnd(of: cursor)
        // At the end of a line, the line break goes.
        kill(cursor..<(end == cursor ? min(end + 1, characters.count) : end), forwards: true)
    }

    private mutating func yank(_ text: String?) {
        guard let text else { return }
        let start = cursor
        insert(text)
        last = .yanking(start..<cursor)
    }

    /// Puts what was killed earlier in the place of what was just put in.
    private mutating func yankOlder() {
        guard case .yanking(let range) = last, let text = kills.rotate() else { return }
        let start = range.lowerBound
        replace(range, with: text, as: .other)
        last = .yanking(start..<cursor)
    }

    /// Exchanges the characters around the cursor, or the two before it at the end of a line.
    private mutating func transpose() {
        let start = lineStart(of: cursor)
        let second = cursor == lineEnd(of: cursor) ? cursor - 1 : cursor
        guard second > start else { return }
        let (one, other) = (characters[second - 1], characters[second])
        replace(second - 1..<second + 1, with: String([other, one]), as: .other)
    }

    // MARK: Places

    func lineStart(of place: Int) -> Int {
        (characters[..<place].lastIndex { $0.isNewline }).map { $0 + 1 } ?? 0
    }

    func lineEnd(of place: Int) -> Int {
        characters[place...].firstIndex { $0.isNewline } ?? characters.count
    }

    /// The start of the word of letters and digits before a place.
    private func wordStart(before place: Int) -> Int {
        let inside = characters[..<place].lastIndex { $0.isWordPart } ?? 0
        return (characters[..<inside].lastIndex { !$0.isWordPart }).map { $0 + 1 } ?? 0
    }

    private func wordEnd(after place: Int) -> Int {
        let inside = characters[place...].firstIndex { $0.isWordPart } ?? characters.count
        return characters[inside...].firstIndex { !$0.isWordPart } ?? characters.count
    }

    /// The start of what stands between blanks before a place.
    private func blankStart(before place: Int) -> Int {
        guard let inside = characters[..<place].lastIndex(where: { !$0.isWhitespace }) else { return 0 }
        return (characters[..<inside].lastIndex { $0.isWhitespace }).map { $0 + 1 } ?? 0
    }
}

extension Character {
    fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
