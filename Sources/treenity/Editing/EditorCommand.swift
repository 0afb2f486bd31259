/// The user's own editor, as `VISUAL` or `EDITOR` names it.
///
/// The value may hold arguments: `code --wait`. It is split into words as a shell would, with quotes and backslashes, but
/// no shell sees it, and nothing in it is replaced.
struct EditorCommand: Equatable {
    let words: [String]

    /// What is tried where nothing is named.
    static let usual = "vi"

    /// - Parameter variable: the value of an environment variable.
    init(environment variable: (String) -> String?) {
        let named = ["VISUAL", "EDITOR"].lazy.compactMap(variable).map(EditorCommand.split).first { !$0.isEmpty }
        words = named ?? [EditorCommand.usual]
    }

    /// The words of a command line.
    static func split(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}
