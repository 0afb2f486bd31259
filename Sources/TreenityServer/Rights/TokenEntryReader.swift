import TreenityYAML
import Yams

/// Makes one entry of its YAML, and knows the line of every mistake.
struct TokenEntryReader {
    private enum Field: String, CaseIterable {
        case sha256, user, grants, expires, comment
    }

    private let line: Int?
    private let fields: [Field: Node]

    init(_ node: Node) throws(YAMLFileError) {
        guard case .mapping(let mapping) = node else {
            throw YAMLFileError(node.line, "a token is a mapping with sha256, user and grants")
        }
        line = node.line
        var fields: [Field: Node] = [:]
        for (key, value) in mapping {
            guard let field = key.scalar.flatMap({ Field(rawValue: $0.string) }) else {
                let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
                let name = key.scalar?.string ?? "a key that is no text"
                throw YAMLFileError(key.line, "“\(name)” means nothing here; there are \(known)")
            }
            fields[field] = value
        }
        self.fields = fields
    }

    func entry() throws(YAMLFileError) -> TokenEntry {
        let hash = try readHash(required(.sha256))
        let user = try readText(required(.user), "the user")
        let grants = try readGrants(required(.grants))
        let expiry = try fields[.expires].map(readExpiry)
        let comment = try fields[.comment].map { node throws(YAMLFileError) in try readText(node, "the comment") }
        do throws(TokenEntryError) {
            return try TokenEntry(hash: hash, user: user, grants: grants, expiry: expiry, comment: comment)
        } catch {
            throw mistake(line, error.description)
        }
    }

    /// Says whose token it is about.
    private func mistake(_ line: Int?, _ reason: String) -> YAMLFileError {
        let name = [fields[.user], fields[.comment]].compactMap { $0?.scalar?.string }.filter { !$0.isEmpty }
        let owner = name.isEmpty ? "an unnamed user" : name.joined(separator: ", ")
        return YAMLFileError(line, "the token of \(owner): \(reason)")
    }

    private func required(_ field: Field) throws(YAMLFileError) -> Node {
        guard let node = fields[field] else { throw mistake(line, "\(field.rawValue) is missing") }
        return node
    }

    private func readHash(_ node: Node) throws(YAMLFileError) -> TokenHash {
        guard let hash = node.scalar.flatMap({ TokenHash(hexadecimal: $0.string) }) else {
            throw mistake(node.line, "sha256 is to be 64 hexadecimal digits, as “treenity token new” prints them")
        }
        return hash
    }

    private func readText(_ node: Node, _ what: String) throws(YAMLFileError) -> String {
        guard let text = node.scalar?.string else { throw mistake(node.line, "\(what) is no text") }
        return text
    }

    private func readExpiry(_ node: Node) throws(YAMLFileError) -> Expiry {
        guard let expiry = node.scalar.flatMap({ Expiry($0.string) }) else {
            let text = node.scalar?.string ?? ""
            throw mistake(node.line, "“\(text)” is no date; write 2027-01-31 or 2027-01-31T18:00Z (UTC)")
        }
        return expiry
    }

    // MARK: Grants

    private func readGrants(_ node: Node) throws(YAMLFileError) -> [Grant] {
        switch node {
        case .mapping(let mapping):
            try mapping.map { path, rights throws(YAMLFileError) in try readGrant(path, rights) }
        case .sequence(let list):
            Array(try list.map { node throws(YAMLFileError) in try readListed(node) }.joined())
        case .scalar, .alias:
            throw mistake(node.line, "grants are written as “tree/spaces: rw”, one a line")
        }
    }

    /// A grant in a list: as on a command line, or as a mapping.
    private func readListed(_ node: Node) throws(YAMLFileError) -> [Grant] {
        guard let scalar = node.scalar else { return try readGrants(node) }
        do throws(GrantError) {
            return [try Grant(parsing: scalar.string)]
        } catch {
            throw mistake(node.line, error.description)
        }
    }

    private func readGrant(_ path: Node, _ rights: Node) throws(YAMLFileError) -> Grant {
        do throws(GrantError) {
            return try Grant(path: path.scalar?.string ?? "", rights: rights.scalar?.string ?? "")
        } catch {
            throw mistake(path.line, error.description)
        }
    }
}
