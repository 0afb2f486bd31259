import TreenityProtocol

/// Changes backwards and forwards again, as far as one can see them: what is known of deletions and of moves, which only
/// later patches would ask for, stays as it is.
///
/// Doing a change again asks no rule and compares no stamps: what it did is known.
extension Replica {
    /// Takes a change back as ``revert(_:)`` does, and says what ``redo(_:)`` needs.
    mutating func rewind(_ change: Change) -> Rewound {
        var rewound = Rewound(change: change, newest: newest)
        for effect in change.effects.reversed() {
            switch effect {
            case .added(let node): rewound.arrivals.append(arrival(of: node.slot, bringsProperties: true))
            case .moved(let move): rewound.arrivals.append(arrival(of: move.node.slot, bringsProperties: false))
            case .property, .removed, .count: break
            }
            takeBack([effect], [], reserving: [])
        }
        for case .stamp(let slot, let previous) in change.traces.reversed() {
            rewound.stamps.append((slot, records[Int(slot)].stamp))
            records[Int(slot)].stamp = previous
        }
        newest = change.newestBefore
        return rewound
    }

    private func arrival(of slot: Int32, bringsProperties: Bool) -> Rewound.Arrival {
        let record = records[Int(slot)]
        let records = bringsProperties ? propertySlots(of: slot).map(properties.record) : []
        return Rewound.Arrival(parent: record.parent, name: record.name, stamp: record.stamp, properties: records)
    }

    // MARK: Forwards again

    /// Does again what was taken back.
    ///
    /// - Precondition: the tree is as ``rewind(_:)`` left it.
    mutating func redo(_ rewound: Rewound) {
        for (slot, stamp) in rewound.stamps.reversed() { records[Int(slot)].stamp = stamp }
        var arrivals = rewound.arrivals
        for effect in rewound.change.effects {
            switch effect {
            case .added(let node):
                if let arrival = arrivals.popLast() { add(node, arrival) }
            case .moved(let move):
                if let arrival = arrivals.popLast() { place(move.node.slot, arrival) }
            case .removed(let subtree):
                if let top = subtree.nodes.first { _ = takeOut(top.slot, isTentative: false) }
            case .property(let change):
                redo(change)
            case .count(let change):
                setChildCount(change.new, of: change.node.slot)
            }
        }
        newest = rewound.newest
    }

    private mutating func add(_ node: NodeID, _ arrival: Rewound.Arrival) {
        if let place = freeSlots.lastIndex(of: node.slot) { freeSlots.remove(at: place) }
        records[Int(node.slot)] = NodeRecord(name: arrival.name, generation: node.generation, stamp: arrival.stamp)
        link(node.slot, under: arrival.parent, before: .none)
        putProperties(arrival.properties, of: node.slot)
        nodeCount += 1
    }

    private mutating func place(_ slot: Int32, _ arrival: Rewound.Arrival) {
        unlink(slot)
        records[Int(slot)].name = arrival.name
        link(slot, under: arrival.parent, before: .none)
    }

    private mutating func redo(_ change: PropertyChange) {
        let slot = change.node.slot
        let key = names.intern(change.name.text)
        let property = findProperty(key, of: slot)
        guard let new = change.new else {
            if property != .none { _ = removeProperty(property, of: slot) }
            return
        }
        let record = PropertyRecord(key: key, stamp: stored(new.stamp), value: new.value)
        if property == .none {
            appendProperty(record, to: slot)
        } else {
            replaceProperty(property, with: record, of: slot)
        }
    }
}
