import TreenityProtocol

extension Replica {
    /// Takes back what a change did, so that the tree is as it was before it, identities, stamps and order included.
    ///
    /// - Precondition: it is the latest change that was applied and not reverted.
    /// - Complexity: O(nodes added and removed).
    public mutating func revert(_ change: Change) {
        takeBack(change.effects, reserving: [])
    }

    /// Takes back the effects of a change; of the nodes that it added, these identities are not for others.
    mutating func takeBack(_ effects: [Change.Effect], reserving reserved: Set<NodeID>) {
        for effect in effects.reversed() {
            takeBack(effect)
            if case .added(let node) = effect, !reserved.contains(node) { freeSlots.append(node.slot) }
        }
    }

    private mutating func takeBack(_ effect: Change.Effect) {
        switch effect {
        case .property(let change): takeBack(change)
        case .added(let node):
            unlink(node.slot)
            nodeCount -= 1
            records[Int(node.slot)].properties = []
        case .removed(let subtree):
            putBack(subtree)
        case .moved(let move):
            unlink(move.node.slot)
            records[Int(move.node.slot)].name = move.from.name
            link(move.node.slot, under: move.from.parent, before: move.from.next)
        }
    }

    private mutating func takeBack(_ change: PropertyChange) {
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
            key: names.intern(property.name), sender: senders.intern(Sender(name: property.stamp.sender)),
            timestamp: property.stamp.timestamp.milliseconds, value: property.value)
    }

    // MARK: Whole subtrees

    /// Takes a subtree out of the tree; its slots are then free for others, unless it will come back.
    mutating func takeOut(_ top: Int32, isTentative: Bool) -> RemovedSubtree {
        let place = place(of: top)
        var nodes: [(slot: Int32, record: NodeRecord)] = []
        forEachNode(below: top) { nodes.append(($0, records[Int($0)])) }
        for (slot, _) in nodes.reversed() {
            unlink(slot)
            records[Int(slot)].properties = []
        }
        if !isTentative { freeSlots += nodes.map(\.slot) }
        nodeCount -= nodes.count
        return RemovedSubtree(
            parent: id(place.parent), name: names[place.name], next: place.next == .none ? nil : id(place.next),
            place: place, nodes: nodes, keepsSlots: isTentative)
    }

    private mutating func putBack(_ subtree: RemovedSubtree) {
        if !subtree.keepsSlots { reclaim(subtree.nodes.map(\.slot)) }
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

    /// Takes these slots back from the free ones: the latest, unless other slots have become free since.
    private mutating func reclaim(_ slots: [Int32]) {
        if freeSlots.suffix(slots.count).elementsEqual(slots) {
            freeSlots.removeLast(slots.count)
        } else {
            let slots = Set(slots)
            freeSlots.removeAll { slots.contains($0) }
        }
    }
}
