import TreenityProtocol

/// One line of a JSON value laid out for people.
struct JSONLine: Sendable {
    /// Levels to the right.
    var depth: Int
    /// What stands before the value; empty in arrays.
    var key: String
    /// A scalar, or the bracket that opens or closes.
    var text: String
    var kind: JSONValue.Kind

    /// Longer values end with a line that says so.
    private static let most = 10_000

    /// - Complexity: O(length of the value × its depth).
    static func lines(of value: JSONValue) -> [JSONLine] {
        var lines: [JSONLine] = []
        add(value, key: "", depth: 0, comma: "", to: &lines)
        return lines
    }

    private static func add(
        _ value: JSONValue, key: String, depth: Int, comma: String, to lines: inout [JSONLine]
    ) {
        guard lines.count < most else {
            if lines.count == most { lines.append(JSONLine(depth: depth, key: "", text: "…", kind: .null)) }
            return
        }
        let children: [(String, JSONValue)]
        let brackets: (String, String)
        switch value.kind {
        case .object:
            children = (value.members ?? []).map { (JSONValue.string($0.key).text + ": ", $0.value) }
            brackets = ("{", "}")
        case .array:
            children = (value.elements ?? []).map { ("", $0) }
            brackets = ("[", "]")
        case .null, .boolean, .integer, .number, .string:
            children = []
            brackets = ("", "")
        }
        guard !children.isEmpty else {
            lines.append(JSONLine(depth: depth, key: key, text: value.text + comma, kind: value.kind))
            return
        }
        lines.append(JSONLine(depth: depth, key: key, text: brackets.0, kind: .null))
        for (place, child) in children.enumerated() {
            let comma = place + 1 < children.count ? "," : ""
            add(child.1, key: child.0, depth: depth + 1, comma: comma, to: &lines)
        }
        lines.append(JSONLine(depth: depth, key: "", text: brackets.1 + comma, kind: .null))
    }
}
