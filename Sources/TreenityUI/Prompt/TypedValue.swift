import TreenityProtocol

/// The value that a typed text stands for.
///
/// In place of a string every text is a string. Elsewhere JSON is taken as it is: `42` is a number, `"42"` a string. What
/// begins as a list, an object or a quoted string has to be one; any other text that is no JSON is a string.
struct TypedValue: Equatable {
    /// What the text has to be.
    enum Expectation: Equatable {
        case string, object, anything

        /// What takes the place of a value.
        init(replacing old: JSONValue?) {
            self = old?.kind == .string ? .string : .anything
        }
    }

    /// Why a text stands for no value, and where.
    struct Problem: Error, Equatable, CustomStringConvertible {
        var reason: String
        /// Characters before the place.
        var place: Int
        /// Counted from 1, in characters.
        var line: Int
        var column: Int

        var description: String { "\(line):\(column) \(reason)" }
    }

    let result: Result<JSONValue, Problem>

    init(_ text: String, replacing old: JSONValue?) {
        self.init(text, as: Expectation(replacing: old))
    }

    init(_ text: String, as expectation: Expectation) {
        switch expectation {
        case .string: result = .success(.string(text))
        case .object: result = TypedValue.json(text).flatMap { TypedValue.object($0, text) }
        case .anything:
            let json = TypedValue.json(text)
            if case .failure = json, !TypedValue.looksLikeJSON(text) {
                result = .success(.string(text))
            } else {
                result = json
            }
        }
    }

    var value: JSONValue? { try? result.get() }

    var problem: Problem? {
        if case .failure(let problem) = result { problem } else { nil }
    }

    /// The type, as the prompt shows it; `nil`: the text stands for nothing.
    var typeName: String? {
        switch value?.kind {
        case nil: nil
        case .null: "null"
        case .boolean: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "node"
        }
    }

    private static func looksLikeJSON(_ text: String) -> Bool {
        guard let first = text.first(where: { !$0.isWhitespace }) else { return false }
        return first == "[" || first == "{" || first == "\""
    }

    private static func json(_ text: String) -> Result<JSONValue, Problem> {
        do {
            return .success(try JSONValue(parsing: text))
        } catch {
            return .failure(Problem(error.reason, in: text, byte: error.offset))
        }
    }

    private static func object(_ value: JSONValue, _ text: String) -> Result<JSONValue, Problem> {
        guard value.isObject else { return .failure(Problem("a node is a JSON object: {…}", in: text, byte: 0)) }
        return .success(value)
    }
}

extension TypedValue.Problem {
    init(_ reason: String, in text: String, byte: Int) {
        self.init(reason: reason, place: 0, line: 1, column: 1)
        var bytes = 0
        for character in text {
            bytes += character.utf8.count
            if bytes > byte { return }
            place += 1
            column += 1
            if character.isNewline { (line, column) = (line + 1, 1) }
        }
    }
}
