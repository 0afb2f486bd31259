import TreenityProtocol

extension Replica {
    /// Takes back what a change did, so that the tree is as it was before it, identities, stamps and order included.
    ///
    /// - Precondition: it is the latest change that was applied and not reverted.
    /// - Complexity: O(nodes added and removed).
    public mutating func revert(_ change: Change) {
        for effect in change.effects.reversed() { revert(effect, isTentative: false) }
    }

    /// Takes back a tentative change; the identities of the nodes that it added stay reserved for applying it again.
    mutating func revertTentatively(_ change: Change) {
        for effect in change.effects.reversed() { revert(effect, isTentative: true) }
    }

    mutating func revert(_ effect: Change.Effect, isTentative: Bool) {
        switch effect {
        case .property(let change): revert(change)
        case .added(let node):
            unlink(node.slot)
            nodeCount -= 1
            records[Int(node.slot)].properties = []
            if !isTentative { freeSlots.append(node.slot) }
        case .removed(let subtree):
            putBack(subtree, isTentative: isTentative)
        case .moved(let move):
            unlink(move.node.slot)
            records[Int(move.node.slot)].name = move.from.name
            link(move.node.slot, under: move.from.parent, before: move.from.next)
        }
    }

    private mutating func revert(_ change: PropertyChange) {
        let slot = Int(change.node.slot)
        switch (change.old, change.new) {
        case (let old?, .some): records[slot].properties[change.place] = stored(old)
        case (let old?, nil): records[slot].properties.insert(stored(old), at: change.place)
        case (nil, .some): records[slot].properties.remove(at: change.place)
        case (nil, nil): break
        }
    }

    private mutating func stored(_ property: Property) -> StoredProperty {
        StoredProperty(
            key: names.intern(property.name), sender: senders.intern(property.stamp.sender),
            timestamp: property.stamp.timestamp.milliseconds, value: property.value)
    }

    // MARK: Whole subtrees

    /// Takes a subtree out of the tree; unless it will come back, its slots are free for others.
    mutating func takeOut(_ top: Int32, isTentative: Bool) -> RemovedSubtree {
        let place = place(of: top)
        var nodes: [(slot: Int32, record: NodeRecord)] = []
        forEachNode(below: top) { nodes.append(($0, records[Int($0)])) }
        for (slot, _) in nodes.reversed() {
            unlink(slot)
            records[Int(slot)].properties = []
            if !isTentative { release(slot) }
        }
        nodeCount -= nodes.count
        return RemovedSubtree(
            parent: id(place.parent), name: names[place.name], next: place.next == .none ? nil : id(place.next),
            place: place, nodes: nodes)
    }

    /// Frees a slot for a node of another identity.
    mutating func release(_ slot: Int32) {
        records[Int(slot)].generation &+= 1
        freeSlots.append(slot)
    }

    private mutating func putBack(_ subtree: RemovedSubtree, isTentative: Bool) {
        if !isTentative { freeSlots.removeLast(subtree.nodes.count) }
        for (slot, record) in subtree.nodes {
            records[Int(slot)].generation = record.generation
            records[Int(slot)].name = record.name
            records[Int(slot)].sender = record.sender
            records[Int(slot)].timestamp = record.timestamp
            records[Int(slot)].properties = record.properties
            let isTop = slot == subtree.nodes.first?.slot
            link(slot, under: isTop ? subtree.place.parent : record.parent, before: isTop ? subtree.place.next : .none)
        }
        nodeCount += subtree.nodes.count
    }
}
