import NIOHTTP1
import TreenityProtocol
import TreenitySequencer
import TreenityStore

/// Answers those who ask for the tree, each with what they may read.
struct TreeAnswer {
    let tree: Replica
    /// The place in the order that the tree is true for.
    let seq: SequenceNumber
    let rights: Rights

    /// What lies at a path, as far as it may be read. O(size).
    ///
    /// Whoever may read only parts below gets an object of these parts alone. Whether something is where nothing may be read
    /// is not told.
    func http(for path: TreePath) -> HTTPAnswer {
        if rights.mayRead(path) { return http(for: tree.json(at: path), at: path) }
        let readable = rights.read.filter { $0.isBelow(path) }
        guard !readable.isEmpty else {
            return .text(.forbidden, "this token may not read \(path) or anything below it")
        }
        let parts = readable.compactMap { top in
            tree.json(at: top).map { (names: top.names(from: path) ?? [], value: $0) }
        }
        return http(for: parts.isEmpty && !path.isRoot ? nil : JSONValue.object(nesting: parts[...]), at: path)
    }

    private func http(for value: JSONValue?, at path: TreePath) -> HTTPAnswer {
        guard let value else { return .text(.notFound, "nothing is at \(path)") }
        return HTTPAnswer(
            status: .ok, contentType: "application/json", body: Array(value.text.utf8),
            headers: ["ETag": "\"\(seq.value)\"", "Vary": "Authorization"])
    }
}

extension JSONValue {
    /// The object in which each value lies where its names lead.
    ///
    /// - Precondition: every value has a name, and none lies within another.
    fileprivate static func object(nesting parts: ArraySlice<(names: [Name], value: JSONValue)>) -> JSONValue {
        var keys: [Name] = []
        var groups: [Name: [(names: [Name], value: JSONValue)]] = [:]
        for part in parts {
            guard let key = part.names.first else { preconditionFailure("a part without a name: \(part)") }
            if groups[key] == nil { keys.append(key) }
            groups[key, default: []].append((Array(part.names.dropFirst()), part.value))
        }
        return .object(
            keys.map { key in
                let group = groups[key] ?? []
                let whole = group.first { $0.names.isEmpty }
                return Member(key: key.text, value: whole?.value ?? object(nesting: group[...]))
            })
    }
}
