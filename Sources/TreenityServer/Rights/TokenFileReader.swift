import Yams

/// Makes entries of YAML, and knows the line of every mistake.
struct TokenFileReader {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    func entries() throws(TokenFileError) -> [TokenEntry] {
        guard let root = try compose() else {
            throw TokenFileError(1, "there is nothing in it; write [] where nobody may come in")
        }
        guard case .sequence(let list) = root else {
            throw TokenFileError(root.line, "a token file is a list: begin each token with “- sha256: …”")
        }
        var entries: [TokenEntry] = []
        var lines: [TokenHash: Int] = [:]
        for node in list {
            let entry = try TokenEntryReader(node).entry()
            if let first = lines.updateValue(node.line ?? 0, forKey: entry.hash) {
                throw TokenFileError(
                    node.line, "the token of \(entry.label) is that of line \(first); give each token one entry")
            }
            entries.append(entry)
        }
        return entries
    }

    private func compose() throws(TokenFileError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw TokenFileError(mark.line, "this is no YAML: \(problem)")
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            throw TokenFileError(context.mark.line, "“\(keys.first ?? "")” stands there twice")
        } catch {
            throw TokenFileError(nil, "this is no YAML: \(error)")
        }
    }
}
