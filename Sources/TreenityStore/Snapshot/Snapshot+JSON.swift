public import TreenityProtocol

extension Snapshot {
    /// A whole tree that was given as one object, as `GET /tree` does. What is no valid name in it is left out. O(size).
    public init(of tree: JSONValue, seq: SequenceNumber?) {
        var nodes: [Node] = []
        // Not by recursion: a tree may be deeper than the stack.
        var waiting: [(path: TreePath, value: JSONValue)] = [(.root, tree)]
        while let (path, value) = waiting.popLast() {
            let members = value.members ?? []
            let children = members.compactMap { member -> (TreePath, JSONValue)? in
                guard member.value.isObject, let name = try? Name(member.key) else { return nil }
                return (path.appending(name), member.value)
            }
            let properties = JSONValue.object(members.filter { !$0.value.isObject })
            nodes.append(Node(path: path, properties: properties, children: children.count, timestamp: nil))
            waiting += children.reversed()
        }
        self.init(id: "", path: .root, seq: seq ?? .zero, nodes: nodes, more: false)
    }
}
