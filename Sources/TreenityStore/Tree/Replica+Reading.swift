public import TreenityProtocol

extension Replica {
    /// Whether the node is still part of the tree. O(1).
    public func contains(_ node: NodeID) -> Bool {
        records.indices.contains(Int(node.slot)) && records[Int(node.slot)].generation == node.generation
            && (node.slot == root.slot || records[Int(node.slot)].parent != .none)
    }

    /// What lies at an address; `nil`: nothing. O(length of the path).
    public func item(at path: TreePath) -> Item? {
        switch resolve(path) {
        case .node(let slot): .node(id(slot))
        case .property(let slot, let property): .property(id(slot), name(properties.key(of: property)))
        case .missing, .blocked: nil
        }
    }

    /// The node at an address; `nil` where there is none. O(length of the path).
    public func node(at path: TreePath) -> NodeID? {
        guard case .node(let node) = item(at: path) else { return nil }
        return node
    }

    /// Where a node is now. O(depth).
    public func path(of node: NodeID) -> TreePath {
        precondition(contains(node), "a node that is no longer in the tree")
        return TreePath.root.appending(way(to: node.slot))
    }

    /// The names that lead from the root to a node.
    func way(to slot: Int32) -> [Name] {
        var reversed: [Name] = []
        var slot = slot
        while slot != root.slot {
            reversed.append(name(records[Int(slot)].name))
            slot = records[Int(slot)].parent
        }
        return reversed.reversed()
    }

    /// What the node is called under its parent. O(1).
    public func name(of node: NodeID) -> Name { name(record(node).name) }

    /// The node above; `nil` for the root. O(1).
    public func parent(of node: NodeID) -> NodeID? { optional(record(node).parent) }

    /// The nodes above, nearest first, the root last. O(depth).
    public func ancestors(of node: NodeID) -> some Sequence<NodeID> {
        sequence(first: node) { parent(of: $0) }.dropFirst()
    }

    /// Whether `node` is `other` or lies below it. O(depth).
    public func isNode(_ node: NodeID, within other: NodeID) -> Bool {
        node == other || ancestors(of: node).contains(other)
    }

    /// How many child nodes a node has, whether they are in the replica or not (``isLoaded(_:)``); of a node that is
    /// doubtful (``isDoubtful(_:)-(NodeID)``), the best guess. O(1).
    public func childCount(of node: NodeID) -> Int { childCount(in: record(node)).number }

    /// A number that is larger after any child has come, gone or been renamed, or their number has changed. O(1).
    public func childrenVersion(of node: NodeID) -> UInt32 { record(node).childrenVersion }

    /// Whether a node is a child of another, and has been, under its name, since the parent's children had that version.
    /// O(1).
    public func isChild(_ node: NodeID, of parent: NodeID, sinceVersion version: UInt32) -> Bool {
        guard records.indices.contains(Int(node.slot)) else { return false }
        let slot = Int(node.slot)
        return records[slot].generation == node.generation && records[slot].parent == parent.slot
            && records[slot].placeVersion <= version
    }

    /// The child of that name; `nil` where there is none. O(1).
    public func child(_ name: Name, of node: NodeID) -> NodeID? {
        optional(findChild(name, of: node.slot))
    }

    /// The child nodes in the order in which they came; none where they are not loaded. O(1) a child.
    public func children(of node: NodeID) -> some Sequence<NodeID> {
        sequence(state: record(node).firstChild) { slot -> NodeID? in
            guard let child = optional(slot) else { return nil }
            slot = records[Int(slot)].next
            return child
        }
    }

    /// The first child that came, the last one, and the neighbours of a node among its siblings. O(1).
    public func firstChild(of node: NodeID) -> NodeID? { optional(record(node).firstChild) }
    /// The child that came last. O(1).
    public func lastChild(of node: NodeID) -> NodeID? { optional(record(node).lastChild) }
    /// The sibling that came after. O(1).
    public func nextSibling(of node: NodeID) -> NodeID? { optional(record(node).next) }
    /// The sibling that came before. O(1).
    public func previousSibling(of node: NodeID) -> NodeID? { optional(record(node).previous) }

    /// The properties of a node in the order in which they came. O(number of properties).
    public func properties(of node: NodeID) -> [Property] {
        precondition(contains(node), "a node that is no longer in the tree")
        return propertySlots(of: node.slot).map(property)
    }

    /// Whether a node has any properties. O(1).
    public func hasProperties(_ node: NodeID) -> Bool {
        precondition(contains(node), "a node that is no longer in the tree")
        return propertySlots(of: node.slot).contains { _ in true }
    }

    /// The property of that name; `nil` where there is none. O(1).
    public func property(_ name: Name, of node: NodeID) -> Property? {
        precondition(contains(node), "a node that is no longer in the tree")
        guard let key = names.number(of: name.text) else { return nil }
        let found = findProperty(key, of: node.slot)
        return found == .none ? nil : property(found)
    }

    /// When the node or one of its properties was written last. O(number of properties).
    public func stamp(of node: NodeID) -> Stamp {
        precondition(contains(node), "a node that is no longer in the tree")
        return stamp(newestStamp(in: node.slot))
    }

    /// As ``stamp(of:)``.
    func newestStamp(in slot: Int32) -> StoredStamp {
        propertySlots(of: slot).reduce(records[Int(slot)].stamp) { later($0, properties.stamp(of: $1)) }
    }

    /// How many nodes of a subtree are in the replica, its top included. O(their number).
    public func subtreeCount(of node: NodeID) -> Int {
        var count = 0
        forEachNode(below: node.slot) { _ in count += 1 }
        return count
    }

    /// The node and all below it that are in the replica, in pre-order. O(1) a step beside the depth.
    public func subtree(of node: NodeID) -> some Sequence<NodeID> {
        sequence(state: Optional(node.slot)) { next -> NodeID? in
            guard let slot = next else { return nil }
            let following = following(slot, within: node.slot)
            next = following == .none ? nil : following
            return id(slot)
        }
    }
}

extension Replica {
    func id(_ slot: Int32) -> NodeID { NodeID(slot: slot, generation: records[Int(slot)].generation) }

    private func optional(_ slot: Int32) -> NodeID? { slot == .none ? nil : id(slot) }

    func record(_ node: NodeID) -> NodeRecord {
        precondition(contains(node), "a node that is no longer in the tree")
        return records[Int(node.slot)]
    }

    func name(_ number: UInt32) -> Name { Name(valid: names[number]) }

    func name(_ key: NameKey) -> Name { Name(valid: names.text(of: key)) }

    func property(_ property: Int32) -> Property {
        Property(
            name: name(properties.key(of: property)), value: properties.value(of: property),
            stamp: stamp(properties.stamp(of: property)))
    }

    /// The slot after this one in pre-order, within the subtree of `top`.
    func following(_ slot: Int32, within top: Int32) -> Int32 {
        if records[Int(slot)].firstChild != .none { return records[Int(slot)].firstChild }
        var slot = slot
        while slot != top {
            if records[Int(slot)].next != .none { return records[Int(slot)].next }
            slot = records[Int(slot)].parent
        }
        return .none
    }

    func forEachNode(below top: Int32, _ body: (Int32) -> Void) {
        for slot in subtreeSlots(of: top) { body(slot) }
    }

    /// The slots of a node and of all below it, in pre-order.
    func subtreeSlots(of top: Int32) -> some Sequence<Int32> {
        sequence(state: top) { next -> Int32? in
            guard next != .none else { return nil }
            defer { next = following(next, within: top) }
            return next
        }
    }

    func childSlots(of slot: Int32) -> some Sequence<Int32> {
        sequence(state: records[Int(slot)].firstChild) { next -> Int32? in
            guard next != .none else { return nil }
            defer { next = records[Int(next)].next }
            return next
        }
    }
}
