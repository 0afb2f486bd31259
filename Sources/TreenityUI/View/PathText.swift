import TreenityProtocol

extension TreePath {
    /// The path with its start left out where it has more names than are of interest: `…/marketing/tasks/101`.
    func shortened(to names: Int, _ glyphs: Glyphs) -> String {
        let all = text.split(separator: "/")
        guard all.count > names + 1 else { return text }
        return "\(glyphs.ellipsis)/" + all.suffix(names).joined(separator: "/")
    }
}

extension JSONValue {
    /// As ``brief(limit:)``, where it stands beside others: an empty string shows.
    func told(limit: Int) -> String { text.utf8.count == 2 ? text : brief(limit: limit) }

    /// The value in a short form for people: strings and keys without quotes where nothing is lost by it.
    ///
    /// - Parameter limit: about how many characters are of interest.
    func brief(limit: Int = 200) -> String {
        switch kind {
        case .string:
            return string ?? text
        case .object:
            var pieces: [String] = []
            var length = 0
            for member in members ?? [] {
                guard length < limit else { break }
                let piece = "\(member.key): \(member.value.brief(limit: limit - length))"
                pieces.append(piece)
                length += piece.utf8.count
            }
            return "{" + pieces.joined(separator: ", ") + "}"
        case .array, .null, .boolean, .integer, .number:
            return text
        }
    }
}

extension Theme {
    func style(for value: JSONValue) -> Style { style(for: value.kind) }

    func style(for kind: JSONValue.Kind) -> Style {
        switch kind {
        case .string: string
        case .integer, .number: number
        case .null, .boolean, .array, .object: literal
        }
    }
}
