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
        let stamp = StoredStamp(timestamp: node.timestamp?.milliseconds ?? 0, sender: 0)
        let (slot, isNew) = tree.place(node.path, isTop: node.path == top, stamp: stamp)
        let hasChanged = tree.replaceProperties(of: slot, with: node.properties, stamp: stamp)
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
    fileprivate mutating func place(_ path: TreePath, isTop: Bool, stamp: StoredStamp) -> (slot: Int32, isNew: Bool) {
        var slot = root.slot
        var isNew = false
        for name in path.names {
            let key = names.makeKey(of: name.text)
            let child = findChild(key, of: slot)
            isNew = child == .none
            guard isNew else {
                slot = child
                continue
            }
            let property = names.number(of: key).map { findProperty($0, of: slot) } ?? .none
            if property != .none { _ = removeProperty(property, of: slot) }
            let created = issueID()
            records[Int(created.slot)] = NodeRecord(name: key, generation: created.generation, stamp: stamp)
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
    fileprivate mutating func replaceProperties(of slot: Int32, with object: JSONValue, stamp: StoredStamp) -> Bool {
        newest = max(newest, Timestamp(milliseconds: stamp.timestamp))
        let old = takeProperties(of: slot)
        var new: [PropertyRecord] = []
        let text = object.text.utf8
        let bytes = text.span
        var walk = JSONMembers()
        while object.isObject, let key = walk.nextKey(in: bytes) {
            let isObject = walk.isAtObject(in: bytes)
            let value = walk.skipValue(in: bytes)
            guard !isObject, let name = try? Name(key.text(in: bytes)) else { continue }
            let record = PropertyRecord(
                key: names.intern(name.text), stamp: stamp, value: JSONValue(part: value, of: bytes))
            new.append(old.first { $0.key == record.key && $0.value == record.value } ?? record)
        }
        putProperties(new, of: slot)
        return !old.elementsEqual(new) { $0.key == $1.key && $0.value == $1.value }
    }
}
