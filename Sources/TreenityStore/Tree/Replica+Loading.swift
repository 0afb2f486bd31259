public import TreenityProtocol

/// Which part of the tree is here.
///
/// Of the child nodes of a node either all are in the replica, and it is *loaded*, or none is, and only their number is
/// known. A snapshot of some depth leaves the nodes at its edge so (``SnapshotLoad``), ``unload(_:)`` any node. A leaf is
/// loaded. Patches in the server's order (``ApplyRule/decided``) keep the number true as far as they tell it; where they do
/// not, the node is *doubtful* until a snapshot names it, be it one of depth 0.
extension Replica {
    /// Whether all child nodes of a node are in the replica. O(1).
    ///
    /// While a snapshot is being taken in, of the nodes below its top the last ones may still lack children.
    public func isLoaded(_ node: NodeID) -> Bool {
        precondition(contains(node), "a node that is no longer in the tree")
        return !isUnloaded(node.slot)
    }

    /// Whether the number of a node's children, and whether its properties are all here, is not known for certain. O(1).
    public func isDoubtful(_ node: NodeID) -> Bool { !childCount(in: record(node)).isExact }

    /// Whether nothing at all is known of a node, which may be a property instead. O(1).
    package func isUnknown(_ node: NodeID) -> Bool { isUnknown(node.slot) }

    /// All nodes that are doubtful. O(number of nodes).
    public var doubtfulNodes: [NodeID] { subtree(of: root).filter(isDoubtful) }

    /// What to subscribe to, each with depth 0, so that a node is doubtful no more: the node, and where it may be a property
    /// instead, of which no snapshot is to be had, its parent too. O(depth).
    public func inquiries(about node: NodeID) -> [TreePath] {
        let path = path(of: node)
        guard isUnknown(node.slot), let parent = path.parent else { return [path] }
        return [path, parent]
    }

    /// What has to be loaded, each with depth 1 and in this order, so that what is at a path is here; nothing where it is,
    /// or where it is known that there is nothing. O(length of the path).
    public func approach(to path: TreePath) -> [TreePath] {
        guard case .missing(let deepest, let reached) = resolve(path), isUnloaded(deepest) else { return [] }
        let above = sequence(first: path, next: \.parent).dropFirst().prefix { $0.depth >= reached }
        return above.reversed()
    }

    /// Drops the child nodes of a node with all below them; their number stays known. Their identities are gone.
    ///
    /// Changes from before can then no longer be taken back, as after a snapshot (``History/cut()``).
    ///
    /// - Returns: how many nodes were dropped.
    /// - Complexity: O(their number).
    @discardableResult
    public mutating func unload(_ node: NodeID) -> Int {
        precondition(contains(node), "a node that is no longer in the tree")
        guard !isUnloaded(node.slot) else { return 0 }
        let children = records[Int(node.slot)].childCount
        let isCertain = !childSlots(of: node.slot).contains(where: isUnknown)
        return unload(node.slot, leaving: isCertain ? .exactly(Int(children)) : .about(Int(children)))
    }

    /// As ``unload(_:)``, leaving this number; a node that was not loaded before only gets the number.
    @discardableResult
    mutating func unload(_ slot: Int32, leaving count: ChildCount) -> Int {
        var dropped = 0
        while records[Int(slot)].firstChild != .none {
            dropped += takeOut(records[Int(slot)].firstChild, isTentative: false).count
        }
        setChildCount(count, of: slot)
        return dropped
    }

    // MARK: Slots

    /// Whether a node has children that are not in the replica.
    @inline(__always)
    func isUnloaded(_ slot: Int32) -> Bool { !records[Int(slot)].isLoaded }

    func isDoubtful(_ slot: Int32) -> Bool { records[Int(slot)].childCount < 0 }

    /// Whether it may be a property.
    func isUnknown(_ slot: Int32) -> Bool { records[Int(slot)].childCount == ChildCount.unknown.stored }

    func childCount(in record: NodeRecord) -> ChildCount { ChildCount(stored: record.childCount) }

    /// - Precondition: none of its children is in the replica.
    mutating func setChildCount(_ count: ChildCount, of slot: Int32) {
        guard records[Int(slot)].childCount != count.stored else { return }
        linkCount &+= 1
        records[Int(slot)].childrenVersion = linkCount
        records[Int(slot)].childCount = count.stored
    }
}
