import TreenityProtocol

extension Replica {
    /// Takes back what a change did, so that the tree is as it was before it, identities, stamps and order included.
    ///
    /// - Precondition: it is the latest change that was applied and not reverted.
    /// - Complexity: O(nodes added and removed).
    public mutating func revert(_ change: Change) {
        takeBack(change, reserving: [])
    }

    /// As ``revert(_:)``; of the nodes that the change added, these identities are not for others.
    mutating func takeBack(_ change: Change, reserving reserved: Set<NodeID>) {
        takeBack(change.effects, change.traces, reserving: reserved)
        newest = change.newestBefore
    }

    mutating func takeBack(_ effects: [Change.Effect], _ traces: [Change.Trace], reserving reserved: Set<NodeID>) {
        for effect in effects.reversed() {
            takeBack(effect)
            if case .added(let node) = effect, !reserved.contains(node) { freeSlots.append(node.slot) }
        }
        for trace in traces.reversed() { takeBack(trace) }
    }

    private mutating func takeBack(_ effect: Change.Effect) {
        switch effect {
        case .property(let change): takeBack(change)
        case .added(let node):
            unlink(node.slot)
            nodeCount -= 1
            _ = takeProperties(of: node.slot)
        case .removed(let subtree):
            putBack(subtree)
        case .moved(let move):
            unlink(move.node.slot)
            records[Int(move.node.slot)].name = move.from.name
            link(move.node.slot, under: move.from.parent, before: move.from.next)
        case .count(let change): setChildCount(change.old, of: change.node.slot)
        }
    }

    private mutating func takeBack(_ change: PropertyChange) {
        let slot = change.node.slot
        let name = names.intern(change.name.text)
        switch (change.old, change.new) {
        case (let old?, .some):
            let record = PropertyRecord(key: name, stamp: stored(old.stamp), value: old.value)
            replaceProperty(findProperty(name, of: slot), with: record, of: slot)
        case (let old?, nil):
            let record = PropertyRecord(key: name, stamp: stored(old.stamp), value: old.value)
            insertProperty(record, before: change.next, of: slot)
        case (nil, .some):
            _ = removeProperty(findProperty(name, of: slot), of: slot)
        case (nil, nil): break
        }
    }

    private mutating func takeBack(_ trace: Change.Trace) {
        switch trace {
        case .mark(let way, let previous): deletions.set(previous, at: way)
        case .marksMoved(let source, let target, let moved, let replaced):
            deletions.takeBackMove(source, to: target, moved: moved, replaced: replaced)
        case .forward: forwards.removeLast()
        case .stamp(let slot, let previous): records[Int(slot)].stamp = previous
        }
    }

    // MARK: Whole subtrees

    /// Takes a subtree out of the tree; its slots are then free for others, unless it will come back.
    mutating func takeOut(_ top: Int32, isTentative: Bool) -> RemovedSubtree {
        let place = place(of: top)
        let slots = Array(subtreeSlots(of: top))
        var nodes: [RemovedNode] = []
        nodes.reserveCapacity(slots.count)
        for slot in slots {
            nodes.append(RemovedNode(slot: slot, record: records[Int(slot)], properties: takeProperties(of: slot)))
        }
        for slot in slots.reversed() { unlink(slot) }
        if !isTentative { freeSlots += slots }
        nodeCount -= slots.count
        return RemovedSubtree(
            parent: id(place.parent), name: name(place.name), next: place.next == .none ? nil : id(place.next),
            place: place, nodes: nodes, keepsSlots: isTentative)
    }

    private mutating func putBack(_ subtree: RemovedSubtree) {
        if !subtree.keepsSlots { reclaim(subtree.nodes.map(\.slot)) }
        for node in subtree.nodes {
            var record = NodeRecord(
                name: node.record.name, generation: node.record.generation, stamp: node.record.stamp)
            record.childrenVersion = records[Int(node.slot)].childrenVersion
            // Otherwise they are counted as they come back.
            if node.record.firstChild == .none { record.childCount = node.record.childCount }
            records[Int(node.slot)] = record
            putProperties(node.properties, of: node.slot)
            let isTop = node.slot == subtree.nodes.first?.slot
            link(
                node.slot, under: isTop ? subtree.place.parent : node.record.parent,
                before: isTop ? subtree.place.next : .none)
        }
        nodeCount += subtree.nodes.count
    }

    /// Takes these slots back from the free ones: they are among the latest, in one piece, unless some were given away since.
    private mutating func reclaim(_ slots: [Int32]) {
        let end = slots.last.flatMap(freeSlots.lastIndex).map { $0 + 1 } ?? 0
        if end >= slots.count, freeSlots[end - slots.count..<end].elementsEqual(slots) {
            freeSlots.removeSubrange(end - slots.count..<end)
        } else {
            let slots = Set(slots)
            freeSlots.removeAll { slots.contains($0) }
        }
    }
}
