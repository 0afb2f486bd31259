package import TreenityProtocol

/// Writes a tree as records: one for each node, parents before children and siblings in their order, then one for each
/// deletion that is remembered, oldest first.
///
/// - A node: its depth, its name, its stamp, its properties, a zero. A property: name, stamp, value.
/// - A deletion: its time, and which stamps it has (zero: it counts still, but says nothing), these, the names that lead
///   to it, a zero.
/// - A stamp: its time less the one before, and its sender. Senders and the names of properties are spelled out once.
///
/// All that bears on later verdicts is in, of a tree that is loaded as a whole. What is left out: identities, which mean
/// something inside of one process only; and where moved nodes went (`Forwards`), which only patches ask for that nobody
/// has put in order (`ApplyRule.merge`).
package struct ReplicaSaving: Sendable {
    private enum Place {
        case node(Int32, depth: Int)
        case deletion(Int)
        case end
    }

    private let tree: Replica
    private var place: Place
    private var spelledNames = SpelledNumbers()
    private var spelledSenders = SpelledNumbers()

    package init(_ tree: Replica) {
        self.tree = tree
        place = .node(tree.root.slot, depth: 0)
    }

    /// How many records there are, and the newest times in them. O(1).
    package var head: JSONValue {
        let deletions = tree.deletions
        return [
            "nodes": .integer(tree.nodeCount), "newest": .integer(tree.newest.milliseconds),
            "deletions": .integer(deletions.count),
            "newestDeletion": deletions.newest == .min ? .null : .integer(deletions.newest),
        ]
    }

    /// Writes the next record; `false`: there is none.
    package mutating func writeNext(to writer: inout StateWriter) -> Bool {
        switch place {
        case .node(let slot, let depth):
            writeNode(slot, depth, to: &writer)
            place = following(slot, depth)
        case .deletion(let index):
            writeDeletion(index, to: &writer)
            place = deletion(index + 1)
        case .end: return false
        }
        return true
    }

    private func following(_ slot: Int32, _ depth: Int) -> Place {
        let firstChild = tree.records[Int(slot)].firstChild
        if firstChild != .none { return .node(firstChild, depth: depth + 1) }
        var (slot, depth) = (slot, depth)
        while slot != tree.root.slot {
            let record = tree.records[Int(slot)]
            if record.next != .none { return .node(record.next, depth: depth) }
            slot = record.parent
            depth -= 1
        }
        return deletion(0)
    }

    private func deletion(_ index: Int) -> Place { index < tree.deletions.count ? .deletion(index) : .end }

    // MARK: Records

    private mutating func writeNode(_ slot: Int32, _ depth: Int, to writer: inout StateWriter) {
        let record = tree.records[Int(slot)]
        writer.put(depth)
        writer.put(tree.names.text(of: record.name))
        write(record.stamp, to: &writer)
        for property in tree.propertySlots(of: slot) {
            writeName(tree.properties.key(of: property), to: &writer)
            write(tree.properties.stamp(of: property), to: &writer)
            writer.put(tree.properties.value(of: property))
        }
        writer.put(0)
    }

    private mutating func writeDeletion(_ index: Int, to writer: inout StateWriter) {
        let marking = tree.deletions.marking(index)
        writer.put(timestamp: marking.timestamp)
        // One that was made anew since, or cut off, counts still and says nothing.
        guard let (way, mark) = marking.mark else { return writer.put(0) }
        writer.put((mark.deletion == nil ? 0 : 1) + (mark.shield == nil ? 0 : 2))
        if let deletion = mark.deletion { write(deletion, to: &writer) }
        if let shield = mark.shield { write(shield, to: &writer) }
        for name in way { writeName(name, to: &writer) }
        writer.put(0)
    }

    private mutating func write(_ stamp: StoredStamp, to writer: inout StateWriter) {
        writer.put(timestamp: stamp.timestamp)
        if let place = spelledSenders.place(of: stamp.sender) { return writer.put(place) }
        writer.put(0)
        writer.put(tree.senders[stamp.sender])
    }

    /// Zero is left for the end of a list.
    private mutating func writeName(_ number: UInt32, to writer: inout StateWriter) {
        if let place = spelledNames.place(of: number) { return writer.put(place + 1) }
        writer.put(1)
        writer.put(tree.names[number])
    }
}
