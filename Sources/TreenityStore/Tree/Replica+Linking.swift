import TreenityProtocol

/// The steps of which every change consists; each keeps the tree whole.
extension Replica {
    /// An identity that no node had before.
    mutating func issueID() -> NodeID {
        issuedCount &+= 1
        if let slot = freeSlots.popLast() { return NodeID(slot: slot, generation: issuedCount) }
        let nobody = StoredStamp(timestamp: 0, sender: 0)
        records.append(NodeRecord(name: .empty, generation: issuedCount, stamp: nobody))
        return NodeID(slot: Int32(records.count - 1), generation: issuedCount)
    }

    /// The child of that name; `.none` where there is none.
    @inline(__always)
    func findChild(_ name: NameKey, of parent: Int32) -> Int32 {
        index.find(ByteHash.hash(parent, name)) {
            records[Int($0)].parent == parent && records[Int($0)].name == name
        }
    }

    func findChild(_ name: Name, of parent: Int32) -> Int32 {
        guard let key = names.key(of: name.text) else { return .none }
        return findChild(key, of: parent)
    }

    private func indexHash(of slot: Int32) -> UInt32 {
        ByteHash.hash(records[Int(slot)].parent, records[Int(slot)].name)
    }

    /// Puts a node among the children of `parent`, before `sibling`, or last where that is `.none`.
    mutating func link(_ slot: Int32, under parent: Int32, before sibling: Int32) {
        let previous = sibling == .none ? records[Int(parent)].lastChild : records[Int(sibling)].previous
        touchChildren(of: parent, adding: 1)
        records[Int(slot)].parent = parent
        records[Int(slot)].previous = previous
        records[Int(slot)].next = sibling
        records[Int(slot)].placeVersion = linkCount
        setNext(of: previous, under: parent, to: slot)
        setPrevious(of: sibling, under: parent, to: slot)
        index.insert(slot, hash: indexHash(of: slot))
    }

    /// Takes a node from among its siblings; what lies below stays with it.
    mutating func unlink(_ slot: Int32) {
        let record = records[Int(slot)]
        index.remove(slot, hash: indexHash(of: slot))
        setNext(of: record.previous, under: record.parent, to: record.next)
        setPrevious(of: record.next, under: record.parent, to: record.previous)
        touchChildren(of: record.parent, adding: -1)
        records[Int(slot)].parent = .none
        records[Int(slot)].previous = .none
        records[Int(slot)].next = .none
    }

    private mutating func touchChildren(of parent: Int32, adding count: Int32) {
        linkCount &+= 1
        records[Int(parent)].childrenVersion = linkCount
        records[Int(parent)].childCount += count
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
