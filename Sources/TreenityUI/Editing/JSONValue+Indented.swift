import TreenityProtocol

extension JSONValue {
    /// The value over as many lines as make it easy to read and to edit; short lists of scalars stay in one line.
    var indented: String { indented(by: "") }

    private static let longestLine = 60

    private func indented(by indent: String) -> String {
        let inner = indent + "  "
        if let elements {
            let isFlat = !elements.contains { $0.isObject || $0.kind == .array }
            let line = "[" + elements.map(\.text).joined(separator: ", ") + "]"
            if elements.isEmpty || isFlat && line.count <= JSONValue.longestLine { return line }
            let lines = elements.map { inner + $0.indented(by: inner) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
        }
        guard let members, !members.isEmpty else { return text }
        let lines = members.map { inner + JSONValue.string($0.key).text + ": " + $0.value.indented(by: inner) }
        return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
}
