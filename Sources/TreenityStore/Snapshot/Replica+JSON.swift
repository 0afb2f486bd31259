public import TreenityProtocol

extension Replica {
    /// A node with all below it as one JSON object: the properties of each node before its children. What is not loaded
    /// (``isLoaded(_:)``) is left out. O(size).
    public func json(of node: NodeID) -> JSONValue {
        precondition(contains(node), "a node that is no longer in the tree")
        var writer = JSONWriter()
        // Not by recursion: a tree may be deeper than the stack.
        var slot = node.slot
        open(slot, &writer)
        while true {
            if records[Int(slot)].firstChild != .none {
                slot = records[Int(slot)].firstChild
            } else {
                writer.endObject()
                while slot != node.slot, records[Int(slot)].next == .none {
                    slot = records[Int(slot)].parent
                    writer.endObject()
                }
                guard slot != node.slot else { return JSONValue(canonical: writer.text) }
                slot = records[Int(slot)].next
            }
            writer.key(named: name(records[Int(slot)].name))
            open(slot, &writer)
        }
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
        precondition(contains(node), "a node that is no longer in the tree")
        var writer = JSONWriter()
        open(node.slot, &writer)
        writer.endObject()
        return JSONValue(canonical: writer.text)
    }

    private func open(_ slot: Int32, _ writer: inout JSONWriter) {
        writer.beginObject()
        let block = records[Int(slot)].block
        guard block != .none else { return }
        for property in properties.entries(of: block) {
            writer.key(named: name(properties.key(of: property)))
            writer.value(properties.value(of: property))
        }
    }

    /// A removed subtree as JSON, as it was.
    func json(of subtree: RemovedSubtree) -> JSONValue {
        var writer = JSONWriter()
        var open: [Int32] = []
        for node in subtree.nodes {
            while let above = open.last, above != node.record.parent {
                writer.endObject()
                open.removeLast()
            }
            if !open.isEmpty { writer.key(named: name(node.record.name)) }
            writer.beginObject()
            for property in node.properties {
                writer.key(named: name(property.key))
                writer.value(property.value)
            }
            open.append(node.slot)
        }
        for _ in open { writer.endObject() }
        return JSONValue(canonical: writer.text)
    }
}

extension RemovedSubtree {
    /// The removed nodes as one JSON object, as they were, without what was not loaded (``isWhole``); `tree` is the
    /// replica that they were taken from.
    public func json(in tree: Replica) -> JSONValue { tree.json(of: self) }
}
