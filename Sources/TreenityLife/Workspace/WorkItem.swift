import TreenityProtocol

/// A node that people work on, found in the tree just now.
struct WorkItem {
    let path: TreePath
    let node: Subtree

    /// The child nodes of these paths; none where nothing is.
    static func items(in lists: [TreePath], _ tree: (TreePath) -> JSONValue?) -> [WorkItem] {
        lists.flatMap { list in
            (Subtree(tree(list))?.nodes ?? []).map { WorkItem(path: list.appending($0.name), node: $0.node) }
        }
    }

    /// The text of a property; `nil` where it is none.
    func text(_ name: Name) -> String? { node.property(name)?.string }

    /// The status, where it is one of its kind.
    func status<Status: RawRepresentable<String>>(_: Status.Type) -> Status? {
        text("status").flatMap(Status.init(rawValue:))
    }

    /// The number by which it is called, if it is.
    var number: Int? { path.name?.number }

    /// The step that sets these properties; `nil` where a child node has one of the names.
    func setting(_ properties: KeyValuePairs<Name, JSONValue>) -> Step? {
        guard properties.allSatisfy({ node.mayHoldProperty($0.key) }) else { return nil }
        return Step(.edit(.object(properties.map { JSONValue.Member(key: $0.key.text, value: $0.value) })), path)
    }
}

extension Name {
    /// The number that this name is. Very large ones are taken for texts, so that there always is a next number.
    var number: Int? {
        guard let number = Int(text), 0..<1_000_000_000 ~= number else { return nil }
        return number
    }

    /// The name after the highest number among `names`.
    static func next(after names: some Sequence<Name>) -> Name {
        Name(cleaning: "\((names.compactMap(\.number).max() ?? 0) + 1)")
    }
}
