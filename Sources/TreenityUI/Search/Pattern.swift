/// What is searched for in texts: a piece of text, or, after a slash as in `/err(or)?s?`, a regular expression. Capitals
/// matter only where it has some.
struct Pattern: Sendable {
    private enum Form: Sendable {
        case text(SearchPattern)
        case regular(RegularExpression)
    }

    /// As it was typed.
    let source: String
    private let form: Form

    /// What begins a regular expression, and may end it.
    static let mark: Character = "/"

    init(_ source: String) throws(RegularError) {
        self.source = source
        guard Pattern.isRegular(source) else {
            form = .text(SearchPattern(source))
            return
        }
        var inner = source.dropFirst()
        if inner.count > 1, inner.last == Pattern.mark, !inner.dropLast().hasSuffix("\\") { inner = inner.dropLast() }
        do throws(RegularError) {
            form = .regular(try RegularExpression(String(inner), ignoresCase: !Pattern.hasCapitals(inner)))
        } catch {
            // Counted from the mark on, as it is typed.
            throw RegularError(problem: error.problem, place: error.place + 1)
        }
    }

    static func isRegular(_ source: String) -> Bool { source.first == mark && source.count > 1 }

    /// Whether there are capitals, apart from those that stand for classes, as in `\S`.
    private static func hasCapitals(_ pattern: Substring) -> Bool {
        var isEscaped = false
        for character in pattern {
            if !isEscaped, character.isUppercase { return true }
            isEscaped = !isEscaped && character == "\\"
        }
        return false
    }

    func matches(_ text: String) -> Bool {
        switch form {
        case .text(let pattern): pattern.matches(text)
        case .regular(let expression): expression.matches(text)
        }
    }

    /// Where it is in a text, from left to right, for the screen.
    func ranges(in text: String) -> [Range<String.Index>] {
        switch form {
        case .text(let pattern): pattern.ranges(in: text)
        case .regular(let expression): expression.ranges(in: text)
        }
    }
}
