public import TreenityProtocol

extension Replica {
    /// A node with all below it as one JSON object: its properties first, then its children. O(size).
    public func json(of node: NodeID) -> JSONValue {
        let properties = properties(of: node).map { JSONValue.Member(key: $0.name.text, value: $0.value) }
        let children = children(of: node).map { JSONValue.Member(key: name(of: $0).text, value: json(of: $0)) }
        return .object(properties + children)
    }

    /// What lies at a path as JSON; `nil`: nothing. O(size).
    public func json(at path: TreePath) -> JSONValue? {
        switch item(at: path) {
        case .node(let node): json(of: node)
        case .property(let node, let name): property(name, of: node)?.value
        case nil: nil
        }
    }

    /// The properties of a node alone, as one JSON object.
    public func propertiesJSON(of node: NodeID) -> JSONValue {
        .object(properties(of: node).map { JSONValue.Member(key: $0.name.text, value: $0.value) })
    }

    /// A removed subtree as JSON, as it was.
    func json(of subtree: RemovedSubtree) -> JSONValue {
        let bySlot = Dictionary(uniqueKeysWithValues: subtree.nodes.map { ($0.slot, $0) })
        guard let top = subtree.nodes.first else { return .emptyObject }
        return json(of: top, bySlot)
    }

    private func json(of node: RemovedNode, _ bySlot: [Int32: RemovedNode]) -> JSONValue {
        var members = node.properties.map { JSONValue.Member(key: names[$0.key], value: $0.value) }
        var child = node.record.firstChild
        while let next = bySlot[child] {
            members.append(JSONValue.Member(key: names.text(of: next.record.name), value: json(of: next, bySlot)))
            child = next.record.next
        }
        return .object(members)
    }
}

extension RemovedSubtree {
    /// The removed nodes as one JSON object, as they were; `tree` is the replica that they were taken from.
    public func json(in tree: Replica) -> JSONValue { tree.json(of: self) }
}
