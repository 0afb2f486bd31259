import TreenityProtocol

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
            return TypedValue(parts[1].trimmed, as: .anything).result
                .map { Addition(name: name, value: $0) }
                .mapError { Problem(description: "the value, at \($0.column): \($0.reason)") }
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
