import TreenityProtocol

/// Writes a tree as records: one for each node, parents before children and siblings in their order, then one for each
/// deletion that is remembered, oldest first.
///
/// All that bears on later verdicts is in. What is left out: identities, which mean something inside of one process only;
/// and where moved nodes went (`Forwards`), which only patches ask for that nobody has put in order.
package struct ReplicaSaving {
    private enum Place {
        case node(Int32, depth: Int)
        case deletion(Int)
        case end
    }

    private let tree: Replica
    private var place: Place

    package init(_ tree: Replica) {
        self.tree = tree
        place = .node(tree.root.slot, depth: 0)
    }

    /// What stands before the records.
    package func writeHead(to writer: inout StateWriter) {
        writer.put(tree.nodeCount)
        writer.put(tree.deletions.count)
        writer.put(signed: tree.newest.milliseconds)
        writer.put(signed: tree.deletions.newest)
    }

    /// Writes the next record; `false`: there is none.
    package mutating func writeNext(to writer: inout StateWriter) -> Bool {
        switch place {
        case .node(let slot, let depth):
            write(slot, depth, to: &writer)
            place = following(slot, depth)
        case .deletion(let index):
            writeDeletion(index, to: &writer)
            place = deletion(index + 1)
        case .end: return false
        }
        return true
    }

    private func following(_ slot: Int32, _ depth: Int) -> Place {
        let records = tree.records
        if records[Int(slot)].firstChild != .none { return .node(records[Int(slot)].firstChild, depth: depth + 1) }
        var (slot, depth) = (slot, depth)
        while slot != tree.root.slot {
            if records[Int(slot)].next != .none { return .node(records[Int(slot)].next, depth: depth) }
            slot = records[Int(slot)].parent
            depth -= 1
        }
        return deletion(0)
    }

    private func deletion(_ index: Int) -> Place { index < tree.deletions.count ? .deletion(index) : .end }

    // MARK: Records

    private func write(_ slot: Int32, _ depth: Int, to writer: inout StateWriter) {
        let record = tree.records[Int(slot)]
        writer.put(depth)
        writer.put(tree.names.text(of: record.name))
        write(record.stamp, to: &writer)
        let properties = Array(tree.propertySlots(of: slot))
        writer.put(properties.count)
        for property in properties {
            writer.put(common: tree.names[tree.properties.key(of: property)])
            write(tree.properties.stamp(of: property), to: &writer)
            writer.put(tree.properties.value(of: property).text)
        }
    }

    private func write(_ stamp: StoredStamp, to writer: inout StateWriter) {
        writer.put(timestamp: stamp.timestamp)
        writer.put(common: tree.senders[stamp.sender])
    }

    private func writeDeletion(_ index: Int, to writer: inout StateWriter) {
        let marking = tree.deletions.marking(index)
        writer.put(timestamp: marking.timestamp)
        // One that was made anew since, or cut off, counts still and says nothing.
        guard let (way, mark) = marking.mark else { return writer.put(0) }
        writer.put(1 + (mark.deletion == nil ? 0 : 1) + (mark.shield == nil ? 0 : 2))
        writer.put(way.count)
        for name in way { writer.put(common: tree.names[name]) }
        if let deletion = mark.deletion { write(deletion, to: &writer) }
        if let shield = mark.shield { write(shield, to: &writer) }
    }
}
