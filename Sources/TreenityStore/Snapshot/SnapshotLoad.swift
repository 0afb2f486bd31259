public import TreenityProtocol

/// Brings a replica to the state of a snapshot that arrives in chunks.
///
/// What is there already and in the snapshot too keeps its identity, so that a reconnect leaves cursor and folds where
/// they are; what the snapshot does not name is removed when it ends.
public struct SnapshotLoad: Sendable {
    private let top: TreePath
    private var seen: Set<NodeID> = []

    /// What a load did to the tree.
    public struct Summary: Hashable, Sendable {
        /// Nodes that came.
        public var added = 0
        /// Nodes of which a property came, went or got another value.
        public var changed = 0
        /// Nodes that went.
        public var removed = 0

        /// Nothing yet.
        public init() {}
    }

    /// What was done so far.
    public private(set) var summary = Summary()

    /// A load of the subtree at `path`.
    public init(path: TreePath) {
        top = path
    }

    /// Takes in a chunk's nodes. O(their size).
    public mutating func add(_ nodes: [Snapshot.Node], to tree: inout Replica) {
        for node in nodes { add(node, to: &tree) }
    }

    private mutating func add(_ node: Snapshot.Node, to tree: inout Replica) {
        let stamp = Stamp(timestamp: node.timestamp ?? Timestamp(milliseconds: 0), sender: "")
        let (slot, isNew) = tree.place(node.path, isTop: node.path == top, stamp: stamp)
        let hasChanged = tree.replaceProperties(of: slot, with: node.properties.members ?? [], stamp: stamp)
        seen.insert(tree.id(slot))
        if isNew {
            summary.added += 1
        } else if hasChanged {
            summary.changed += 1
        }
    }

    /// Removes what the snapshot did not name.
    public mutating func finish(_ tree: inout Replica) {
        guard let top = tree.node(at: top) else { return }
        for node in stale(from: top, in: tree) {
            summary.removed += tree.takeOut(node.slot, isTentative: false).count
        }
    }

    /// The topmost of the nodes that the snapshot did not name.
    private func stale(from top: NodeID, in tree: Replica) -> [NodeID] {
        guard seen.contains(top) else { return top == tree.root ? Array(tree.children(of: top)) : [top] }
        return tree.subtree(of: top).filter { node in
            !seen.contains(node) && tree.parent(of: node).map(seen.contains) == true
        }
    }
}

extension Replica {
    /// The node at a path, created where it is missing, and made the last of its siblings: so the children of a node
    /// end up in the order of the snapshot, which says nothing of the siblings of its top.
    fileprivate mutating func place(_ path: TreePath, isTop: Bool, stamp: Stamp) -> (slot: Int32, isNew: Bool) {
        var slot = root.slot
        var isNew = false
        for name in path.names {
            let number = names.intern(name)
            let child = index.find(parent: slot, name: number, in: records)
            isNew = child == .none
            guard isNew else {
                slot = child
                continue
            }
            records[Int(slot)].properties.removeAll { $0.key == number }
            let created = issueID()
            records[Int(created.slot)] = NodeRecord(
                generation: created.generation, name: number, parent: .none,
                sender: senders.intern(Sender(name: stamp.sender)), timestamp: stamp.timestamp.milliseconds)
            link(created.slot, under: slot, before: .none)
            nodeCount += 1
            slot = created.slot
        }
        if !isNew, !isTop, slot != root.slot, records[Int(slot)].next != .none {
            let parent = records[Int(slot)].parent
            unlink(slot)
            link(slot, under: parent, before: .none)
        }
        return (slot, isNew)
    }

    /// `true` where a property differed from before.
    fileprivate mutating func replaceProperties(
        of slot: Int32, with members: [JSONValue.Member], stamp: Stamp
    ) -> Bool {
        let old = records[Int(slot)].properties
        let sender = senders.intern(Sender(name: stamp.sender))
        newest = max(newest, stamp.timestamp)
        let new = members.compactMap { member -> StoredProperty? in
            guard let name = try? Name(member.key), !member.value.isObject else { return nil }
            let key = names.intern(name)
            if let same = old.first(where: { $0.key == key && $0.value == member.value }) { return same }
            return StoredProperty(
                key: key, sender: sender, timestamp: stamp.timestamp.milliseconds, value: member.value)
        }
        records[Int(slot)].properties = new
        return !old.elementsEqual(new) { $0.key == $1.key && $0.value == $1.value }
    }
}
