public import TreenityProtocol

/// Brings a replica to the state of a snapshot that arrives in chunks.
///
/// What is there already and in the snapshot too keeps its identity, so that a reconnect leaves cursor and folds where
/// they are; what the snapshot does not name is removed when it ends. Patches have to wait until then.
///
/// How deep the snapshot is, it says itself: a node that has children of which it names none is at its edge. There the load
/// leaves it not loaded (``Replica/isLoaded(_:)``), with its properties and the number of its children. Where children of
/// such a node had been loaded before, it depends on what the load is for:
/// - a *renewal* is of a tree that was out of reach: what lies deeper is of an earlier time, and dropped;
/// - a *refinement* brings more of a tree that patches have kept true all the time: what lies deeper is true, and stays,
///   unless its number says otherwise.
public struct SnapshotLoad: Sendable {
    let top: TreePath
    let refines: Bool
    /// How many identities had been given out when the load began: those given out since are its own.
    private var issuedBefore: UInt32?
    /// Of the nodes that were there before, those that the snapshot named.
    private var kept: Set<NodeID> = []
    /// How many children the snapshot says that those of them have that had some others.
    private var counts: [NodeID: Int] = [:]

    /// What a load did to the tree.
    public struct Summary: Hashable, Sendable {
        /// Nodes that came.
        public var added = 0
        /// Nodes of which a property came, went or got another value.
        public var changed = 0
        /// Nodes that went.
        public var removed = 0
        /// The snapshot could not be taken in, and did nothing: where it belongs nothing is loaded, or not any more, or it
        /// came out of turn. What it was for has to be asked for again, if it is still there and wanted.
        public var isPassedOver = false

        /// Nothing yet.
        public init() {}
    }

    /// What was done so far.
    public internal(set) var summary = Summary()

    /// A load of the subtree at `path`.
    ///
    /// - Parameter refines: it is a refinement, not a renewal.
    public init(path: TreePath, refines: Bool = false) {
        top = path
        self.refines = refines
    }

    /// Takes in a chunk's nodes. O(their size).
    public mutating func add(_ nodes: [Snapshot.Node], to tree: inout Replica) {
        if issuedBefore == nil {
            issuedBefore = tree.issuedCount
            if !tree.hasRoom(for: top) { summary.isPassedOver = true }
        }
        guard !summary.isPassedOver else { return }
        var parent = SnapshotParent()
        for node in nodes { add(node, below: &parent, to: &tree) }
    }

    private mutating func add(_ node: Snapshot.Node, below parent: inout SnapshotParent, to tree: inout Replica) {
        let stamp = StoredStamp(timestamp: node.timestamp?.milliseconds ?? 0, sender: 0)
        let (slot, isNew) = tree.place(node.path, isTop: node.path == top, below: &parent, stamp: stamp)
        let hasChanged = tree.replaceProperties(of: slot, with: node.properties, stamp: stamp)
        tree.expect(node.children, below: slot, stamp: stamp)
        if isNew {
            summary.added += 1
            return
        }
        if hasChanged { summary.changed += 1 }
        let id = tree.id(slot)
        guard !isOwn(id) else { return }
        kept.insert(id)
        if Int(tree.records[Int(slot)].childCount) != node.children { counts[id] = node.children }
    }

    // MARK: The end

    /// Removes what the snapshot did not name.
    public mutating func finish(_ tree: inout Replica) {
        guard !summary.isPassedOver, let top = tree.node(at: top) else { return }
        guard isNamed(top) else { return remove(top, from: &tree) }
        // What came with the snapshot has nothing else below it.
        var rest = isOwn(top) ? [] : [top]
        while let node = rest.popLast() {
            let (named, unnamed) = children(of: node, in: tree, keptTo: &rest)
            let count = counts[node] ?? tree.childCount(of: node)
            if named == 0, count > 0 {
                finishEdge(node, count, in: &tree)
            } else {
                for child in unnamed { remove(child, from: &tree) }
            }
        }
    }

    /// How many of a node's children the snapshot named, and the others. Those that were there before go to `rest`.
    private func children(
        of node: NodeID, in tree: Replica, keptTo rest: inout [NodeID]
    ) -> (named: Int, unnamed: [NodeID]) {
        var named = 0
        var unnamed: [NodeID] = []
        var slot = tree.records[Int(node.slot)].firstChild
        while slot != .none {
            let child = tree.id(slot)
            if isOwn(child) {
                named += 1
            } else if kept.contains(child) {
                named += 1
                if tree.records[Int(slot)].firstChild != .none { rest.append(child) }
            } else {
                unnamed.append(child)
            }
            slot = tree.records[Int(slot)].next
        }
        return (named, unnamed)
    }

    private mutating func remove(_ node: NodeID, from tree: inout Replica) {
        guard node == tree.root else {
            summary.removed += tree.takeOut(node.slot, isTentative: false).count
            return
        }
        summary.removed += tree.unload(node.slot, leaving: .exactly(0))
    }

    /// A node whose children were loaded, and of which the snapshot only tells their number.
    private mutating func finishEdge(_ node: NodeID, _ count: Int, in tree: inout Replica) {
        if refines {
            summary.removed += tree.settleChildren(of: node.slot)
            if tree.childCount(of: node) == count { return }
        }
        summary.removed += tree.unload(node.slot, leaving: .exactly(count))
    }

    private func isNamed(_ node: NodeID) -> Bool { isOwn(node) || kept.contains(node) }

    private func isOwn(_ node: NodeID) -> Bool {
        guard let issuedBefore else { return false }
        return Int32(truncatingIfNeeded: node.generation &- issuedBefore) > 0
    }
}

extension Replica {
    /// Whether a snapshot of a path can be taken in: what leads there is loaded, or can come with it.
    fileprivate func hasRoom(for path: TreePath) -> Bool {
        guard case .missing(let deepest, _) = resolve(path) else { return true }
        return !isUnloaded(deepest)
    }

    /// A snapshot says how many children a node has; unless they are here already, some or none of them come now.
    fileprivate mutating func expect(_ count: Int, below slot: Int32, stamp: StoredStamp) {
        guard records[Int(slot)].firstChild == .none else { return }
        // It stood for something of which the time was not known either.
        if isDoubtful(slot) { records[Int(slot)].stamp = stamp }
        setChildCount(.exactly(count), of: slot)
    }

    /// All properties of a node are here now: children that could have been properties are nodes, or these properties.
    ///
    /// - Returns: how many nodes went.
    fileprivate mutating func settleChildren(of slot: Int32) -> Int {
        var removed = 0
        for child in Array(childSlots(of: slot)) where isUnknown(child) {
            let number = names.number(of: records[Int(child)].name)
            guard let number, findProperty(number, of: slot) != .none else {
                setChildCount(.about(0), of: child)
                continue
            }
            removed += takeOut(child, isTentative: false).count
        }
        return removed
    }
}
