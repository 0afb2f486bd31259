import TreenityProtocol

/// Text being typed: one line, or many. Its places are counted in characters as a reader counts them.
struct TextField: Equatable, Sendable {
    private(set) var characters: [Character]
    /// Characters before the place of typing.
    private(set) var cursor: Int
    /// Whether it may hold line breaks; in one line they are spaces.
    var hasLines: Bool
    /// All that was done to the text since this was emptied, as one edit.
    var made = TextEdit([])
    var history = EditHistory()
    var kills = KillRing()
    /// What the last key did, as far as it matters to the next one.
    var last = Action.other

    enum Action: Equatable, Sendable {
        case typing, erasing, killing
        /// What was put in stands here.
        case yanking(Range<Int>)
        case other
    }

    init(_ text: String = "", hasLines: Bool = false) {
        self.hasLines = hasLines
        characters = Array(hasLines ? text : text.replacingLineBreaks)
        cursor = characters.count
    }

    var text: String { String(characters) }
    var beforeCursor: String { String(characters[..<cursor]) }
    var afterCursor: String { String(characters[cursor...]) }
    var isEmpty: Bool { characters.isEmpty }

    /// Puts the cursor before a character; beyond the ends, at them.
    mutating func move(to place: Int) {
        cursor = min(max(0, place), characters.count)
        last = .other
    }

    /// Types a text at the cursor, as one step to undo. A combining mark may join the character before it.
    mutating func insert(_ text: String) {
        replace(cursor..<cursor, with: text, as: .other)
    }

    // MARK: Changing

    /// Puts a text in the place of some characters, and the cursor behind it.
    mutating func replace(_ range: Range<Int>, with text: String, as action: Action) {
        let text = hasLines ? text : text.replacingLineBreaks
        guard !range.isEmpty || !text.isEmpty else { return }
        note(range, text, action)
        // What is put in may join its neighbours; behind a character of ASCII always comes a new one.
        let start = max(0, range.lowerBound - 1)
        var end = min(range.upperBound + 1, characters.count)
        while end < characters.count, !characters[end - 1].isASCII { end += 1 }
        let before = String(characters[start..<range.lowerBound]) + text
        let joined = Array(before + String(characters[range.upperBound..<end]))
        cursor = start + min(before.count, joined.count)
        characters.replaceSubrange(start..<end, with: joined)
        last = action
    }

    private mutating func note(_ range: Range<Int>, _ text: String, _ action: Action) {
        let removed = String(characters[range])
        let place = characters[..<range.lowerBound].scalarCount
        let isSame = action == last && (action == .typing || action == .erasing)
        // A new word is a new step.
        let begins =
            action == .typing && text.first?.isWhitespace == true && place > 0
            && characters[range.lowerBound - 1].isWhitespace == false
        history.note(
            TextEdit([.keep(place), .insert(removed), .delete(text.unicodeScalars.count)]),
            goesOn: isSame && !begins)
        made = made.composed(
            with: TextEdit([.keep(place), .insert(text), .delete(removed.unicodeScalars.count)]))
    }

    // MARK: Undoing, and what others do

    mutating func undo() -> Bool { revert(history.undo(in: text)) }

    mutating func redo() -> Bool { revert(history.redo(in: text)) }

    private mutating func revert(_ edit: TextEdit?) -> Bool {
        guard let edit, let text = edit.applied(to: text) else { return false }
        made = made.composed(with: edit)
        set(text, cursorAt: edit.end)
        return true
    }

    /// Somebody else edited the text that ``made`` starts from.
    mutating func receive(_ edit: TextEdit) {
        let change = edit.transformed(over: made, admitted: .earlier)
        made = made.transformed(over: edit, admitted: .later)
        guard let text = change.applied(to: text) else { return }
        history.carry(over: change)
        let place = characters[..<cursor].scalarCount
        set(text, cursorAt: change.position(place, gravity: .left))
    }

    private mutating func set(_ text: String, cursorAt place: Int) {
        let scalars = text.unicodeScalars
        let index = scalars.index(scalars.startIndex, offsetBy: place, limitedBy: scalars.endIndex) ?? scalars.endIndex
        characters = Array(text)
        cursor = min(Array(text[..<index]).count, characters.count)
        last = .other
    }
}

extension Collection<Character> {
    fileprivate var scalarCount: Int { reduce(0) { $0 + $1.unicodeScalars.count } }
}

extension TextEdit {
    /// Behind the last place that it changes, in what it makes.
    fileprivate var end: Int {
        var place = 0
        var end = 0
        for step in steps {
            switch step {
            case .keep(let count): place += count
            case .insert(let text):
                place += text.unicodeScalars.count
                end = place
            case .delete: end = place
            }
        }
        return end
    }
}

extension String {
    /// A line of text: every line break becomes a space.
    fileprivate var replacingLineBreaks: String {
        contains(where: \.isNewline) ? String(map { $0.isNewline ? " " : $0 }) : self
    }
}
