import TreenityProtocol

/// The value that a typed text stands for: the type of what it replaces is kept.
///
/// In place of a string every text is a string. Elsewhere JSON is taken as it is, and what is no JSON is a string.
struct TypedValue: Equatable {
    let value: JSONValue

    init(_ text: String, replacing old: JSONValue?) {
        if old?.kind == .string {
            value = .string(text)
        } else {
            value = (try? JSONValue(parsing: text)) ?? .string(text)
        }
    }

    /// The type, as the prompt shows it.
    var typeName: String {
        switch value.kind {
        case .null: "null"
        case .boolean: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "node"
        }
    }
}

/// What a line in the prompt for additions asks for: `name` for a node, `name = value` for a property, or for a node
/// where the value is a JSON object.
struct Addition: Equatable {
    let name: Name
    let value: JSONValue

    /// Why a line is no addition.
    struct Problem: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    static func parse(_ line: String) -> Result<Addition, Problem> {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let text = Substring(parts.first ?? "").trimmed
        do {
            let name = try Name(text)
            guard parts.count == 2 else { return .success(Addition(name: name, value: .emptyObject)) }
            return .success(Addition(name: name, value: TypedValue(parts[1].trimmed, replacing: nil).value))
        } catch {
            return .failure(Problem(description: text.isEmpty ? "type a name, or name = value" : error.description))
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var rest = self
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
