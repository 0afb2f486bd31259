/// The steps of which every change consists; each keeps the tree whole.
extension Replica {
    /// An identity that no node had before.
    mutating func issueID() -> NodeID {
        issuedCount &+= 1
        if let slot = freeSlots.popLast() { return NodeID(slot: slot, generation: issuedCount) }
        records.append(NodeRecord(generation: issuedCount, name: 0, parent: .none, sender: 0, timestamp: 0))
        return NodeID(slot: Int32(records.count - 1), generation: issuedCount)
    }

    /// Puts a node among the children of `parent`, before `sibling`, or last where that is `.none`.
    mutating func link(_ slot: Int32, under parent: Int32, before sibling: Int32) {
        let previous = sibling == .none ? records[Int(parent)].lastChild : records[Int(sibling)].previous
        records[Int(slot)].parent = parent
        records[Int(slot)].previous = previous
        records[Int(slot)].next = sibling
        setNext(of: previous, under: parent, to: slot)
        setPrevious(of: sibling, under: parent, to: slot)
        records[Int(parent)].childCount += 1
        touchChildren(of: parent)
        records[Int(slot)].placeVersion = linkCount
        index.insert(slot, in: records)
    }

    /// Takes a node from among its siblings; what lies below stays with it.
    mutating func unlink(_ slot: Int32) {
        index.remove(slot, in: records)
        let record = records[Int(slot)]
        setNext(of: record.previous, under: record.parent, to: record.next)
        setPrevious(of: record.next, under: record.parent, to: record.previous)
        records[Int(record.parent)].childCount -= 1
        touchChildren(of: record.parent)
        records[Int(slot)].parent = .none
        records[Int(slot)].previous = .none
        records[Int(slot)].next = .none
    }

    private mutating func touchChildren(of parent: Int32) {
        linkCount &+= 1
        records[Int(parent)].childrenVersion = linkCount
    }

    private mutating func setNext(of sibling: Int32, under parent: Int32, to slot: Int32) {
        if sibling == .none {
            records[Int(parent)].firstChild = slot
        } else {
            records[Int(sibling)].next = slot
        }
    }

    private mutating func setPrevious(of sibling: Int32, under parent: Int32, to slot: Int32) {
        if sibling == .none {
            records[Int(parent)].lastChild = slot
        } else {
            records[Int(sibling)].previous = slot
        }
    }
}
