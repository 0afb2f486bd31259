import TreenityProtocol
import TreenityStore

/// The way of an import through its document, parents before their children.
struct ImportWalk {
    private(set) var tree = Replica()
    private(set) var renamings: [Import.Renaming] = []
    private var load = SnapshotLoad(path: .root)
    private let timestamp: Timestamp

    init(timestamp: Timestamp) {
        self.timestamp = timestamp
    }

    /// Takes in the node at a path with all below it.
    mutating func visit(_ path: TreePath, _ members: [JSONValue.Member]) throws(ImportError) {
        guard members.isEmpty || path.depth < TreePath.maximumSegments - 1 else { throw ImportError(path: path) }
        var properties: [JSONValue.Member] = []
        var children: [(name: Name, members: [JSONValue.Member])] = []
        for (member, name) in zip(members, names(of: members, at: path)) {
            if let below = ImportWalk.childMembers(of: member.value) {
                children.append((name, below))
            } else {
                properties.append(JSONValue.Member(key: name.text, value: cleaned(member.value, at: path)))
            }
        }
        let node = Snapshot.Node(
            path: path, properties: .object(properties), children: children.count, timestamp: timestamp)
        load.add([node], to: &tree)
        for child in children { try visit(path.appending(child.name), child.members) }
    }

    private mutating func names(of members: [JSONValue.Member], at path: TreePath) -> [Name] {
        let names = ImportNaming.names(of: members)
        for (member, name) in zip(members, names) where name.text != member.key {
            renamings.append(Import.Renaming(parent: path, key: member.key, name: name))
        }
        return names
    }

    /// A property's value; the keys of objects inside of arrays are names too.
    private mutating func cleaned(_ value: JSONValue, at path: TreePath) -> JSONValue {
        guard value.text.utf8.contains(UInt8(ascii: "{")) else { return value }
        if let elements = value.elements { return .array(elements.map { cleaned($0, at: path) }) }
        guard let members = value.members else { return value }
        let renamed = zip(names(of: members, at: path), members)
        return .object(renamed.map { JSONValue.Member(key: $0.text, value: cleaned($1.value, at: path)) })
    }

    // MARK: Arrays

    /// The members of what becomes a node; `nil`: it stays a value.
    static func childMembers(of value: JSONValue) -> [JSONValue.Member]? {
        if value.isObject { return value.members }
        guard let elements = value.elements, !elements.isEmpty, elements.allSatisfy(\.isObject) else { return nil }
        let names = ImportWalk.distinctNames(of: elements.map { $0.members ?? [] })
        return elements.enumerated().map { index, element in
            JSONValue.Member(key: names?[index] ?? String(index), value: element)
        }
    }

    /// What the first key that tells all elements apart says in each of them; `nil`: there is no such key.
    private static func distinctNames(of elements: [[JSONValue.Member]]) -> [String]? {
        var candidates: [String: Set<Name>] = [:]
        for member in elements.first ?? [] { candidates[member.key] = [] }
        for (count, members) in elements.enumerated() {
            for member in members {
                guard let name = member.value.nameText, candidates[member.key]?.insert(name).inserted == true else {
                    candidates[member.key] = nil
                    continue
                }
            }
            // A key that this element lacks is out.
            candidates = candidates.filter { $0.value.count == count + 1 }
            if candidates.isEmpty { return nil }
        }
        let key = elements.first?.first { candidates[$0.key] != nil }?.key
        return key.map { key in
            elements.map { members in members.first { $0.key == key }?.value.nameText?.text ?? "" }
        }
    }
}

extension JSONValue {
    /// What a string or number says, where it can be a name.
    fileprivate var nameText: Name? {
        switch kind {
        case .string: string.flatMap { try? Name($0) }
        case .integer, .number: try? Name(text)
        case .null, .boolean, .array, .object: nil
        }
    }
}
