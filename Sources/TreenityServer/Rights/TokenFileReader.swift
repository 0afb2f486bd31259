import TreenityYAML
import Yams

/// Makes entries of YAML, and knows the line of every mistake.
struct TokenFileReader {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    func entries() throws(YAMLFileError) -> [TokenEntry] {
        guard let root = try Node.parse(text) else {
            throw YAMLFileError(1, "there is nothing in it; write [] where nobody may come in")
        }
        guard case .sequence(let list) = root else {
            throw YAMLFileError(root.line, "a token file is a list: begin each token with “- sha256: …”")
        }
        var entries: [TokenEntry] = []
        var lines: [TokenHash: Int] = [:]
        for node in list {
            let entry = try TokenEntryReader(node).entry()
            if let first = lines.updateValue(node.line ?? 0, forKey: entry.hash) {
                throw YAMLFileError(
                    node.line, "the token of \(entry.label) is that of line \(first); give each token one entry")
            }
            entries.append(entry)
        }
        return entries
    }
}
