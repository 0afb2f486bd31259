public import TreenityProtocol

extension Replica {
    /// Whether the node is still part of the tree. O(1).
    public func contains(_ node: NodeID) -> Bool {
        records.indices.contains(Int(node.slot)) && records[Int(node.slot)].generation == node.generation
            && (node.slot == root.slot || records[Int(node.slot)].parent != .none)
    }

    /// What lies at an address; `nil`: nothing. O(length of the path).
    public func item(at path: TreePath) -> Item? {
        switch resolve(path.names) {
        case .node(let slot): .node(id(slot))
        case .property(let slot, let place): .property(id(slot), names[records[Int(slot)].properties[place].key])
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
            reversed.append(names[records[Int(slot)].name])
            slot = records[Int(slot)].parent
        }
        return reversed.reversed()
    }

    /// What the node is called under its parent. O(1).
    public func name(of node: NodeID) -> Name { names[record(node).name] }

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

    /// How many child nodes a node has. O(1).
    public func childCount(of node: NodeID) -> Int { Int(record(node).childCount) }

    /// A number that is larger after any child has come, gone or been renamed. O(1).
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
        names.number(of: name).flatMap { optional(index.find(parent: node.slot, name: $0, in: records)) }
    }

    /// The child nodes in the order in which they came. O(1) a child.
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
    public func properties(of node: NodeID) -> [Property] { record(node).properties.map(property) }

    /// The property of that key; `nil` where there is none. O(number of properties).
    public func property(_ name: Name, of node: NodeID) -> Property? {
        guard let key = names.number(of: name) else { return nil }
        return record(node).properties.first { $0.key == key }.map(property)
    }

    /// When the node or one of its properties was written last. O(number of properties).
    public func stamp(of node: NodeID) -> Stamp {
        let record = record(node)
        let own = Stamp(timestamp: Timestamp(milliseconds: record.timestamp), sender: senders[record.sender].name)
        return record.properties.map { property($0).stamp }.reduce(own, max)
    }

    /// How many nodes a subtree has, its top included. O(their number).
    public func subtreeCount(of node: NodeID) -> Int {
        var count = 0
        forEachNode(below: node.slot) { _ in count += 1 }
        return count
    }

    /// The node and all below it, in pre-order. O(1) a step beside the depth.
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

    func property(_ stored: StoredProperty) -> Property {
        Property(name: names[stored.key], value: stored.value, stamp: stamp(of: stored))
    }

    func stamp(of stored: StoredProperty) -> Stamp {
        Stamp(timestamp: Timestamp(milliseconds: stored.timestamp), sender: senders[stored.sender].name)
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
        var slot = top
        while slot != .none {
            body(slot)
            slot = following(slot, within: top)
        }
    }

    /// What a way through the tree leads to.
    enum Resolution {
        case node(Int32)
        /// The property at that place in the list of the node in that slot.
        case property(Int32, place: Int)
        /// Nothing; the deepest node on the way, and how many names led to it.
        case missing(deepest: Int32, reached: Int)
        /// Nothing, and a property stands in the way.
        case blocked
    }

    func resolve(_ way: [Name]) -> Resolution {
        var slot = root.slot
        for (reached, name) in way.enumerated() {
            guard let number = names.number(of: name) else { return .missing(deepest: slot, reached: reached) }
            let child = index.find(parent: slot, name: number, in: records)
            if child != .none {
                slot = child
            } else if let place = records[Int(slot)].properties.firstIndex(where: { $0.key == number }) {
                return reached == way.count - 1 ? .property(slot, place: place) : .blocked
            } else {
                return .missing(deepest: slot, reached: reached)
            }
        }
        return .node(slot)
    }
}
