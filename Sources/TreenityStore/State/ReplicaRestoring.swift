package import TreenityProtocol

extension Replica {
    /// The tree that a ``ReplicaSaving`` wrote.
    ///
    /// - Throws: ``StateError`` where it is not whole.
    /// - Complexity: O(size).
    package init(restoring head: JSONValue, from reader: inout StateReader) throws(StateError) {
        self.init()
        var restoring = ReplicaRestoring()
        self = try restoring.tree(head, from: &reader)
    }
}

/// Makes the tree again of which a ``ReplicaSaving`` wrote the records, and sees to it that it is a tree.
private struct ReplicaRestoring {
    private var tree = Replica()
    /// The slots from the root to the node before.
    private var way: [Int32] = []
    /// The table's numbers of what was spelled out, in the order in which it came.
    private var spelledNames: [UInt32] = []
    private var spelledSenders: [UInt32] = []
    /// By the number of a name: the newest node with a property so called.
    private var owners: [Int32] = []
    /// Of one node; kept for the room that it has.
    private var properties: [PropertyMember] = []

    mutating func tree(_ head: JSONValue, from reader: inout StateReader) throws(StateError) -> Replica {
        guard let nodes = head["nodes"]?.integer, 1..<Int64(Int32.max) ~= nodes,
            let deletions = head["deletions"]?.integer, 0...Int64(DeletionStamps.maximumCount) ~= deletions,
            let newest = head["newest"]?.integer, let newestDeletion = head["newestDeletion"],
            newestDeletion == .null || newestDeletion.integer != nil
        else { throw reader.error("its head does not say how large the tree is") }
        tree.newest = Timestamp(milliseconds: newest)
        for _ in 0..<nodes {
            try reader.beginRecord()
            try restoreNode(from: &reader)
        }
        for _ in 0..<deletions {
            try reader.beginRecord()
            try restoreDeletion(upTo: newestDeletion.integer ?? .min, from: &reader)
        }
        tree.deletions.restore(newest: newestDeletion.integer ?? .min)
        return tree
    }

    // MARK: Nodes

    private mutating func restoreNode(from reader: inout StateReader) throws(StateError) {
        let depth = try reader.count()
        let name = try reader.text()
        let stamp = try stamp(from: &reader)
        let slot: Int32
        if way.isEmpty {
            guard depth == 0, name == TreePath.rootName else { throw reader.error("it does not begin with the root") }
            slot = tree.root.slot
            tree.records[Int(slot)].stamp = stamp
        } else {
            guard 1...way.count ~= depth else { throw reader.error("a node has no parent") }
            way.removeSubrange(depth...)
            slot = try makeNode(name, stamp, below: way[depth - 1], reader)
        }
        way.append(slot)
        try restoreProperties(of: slot, from: &reader)
    }

    private mutating func makeNode(
        _ name: String, _ stamp: StoredStamp, below parent: Int32, _ reader: borrowing StateReader
    ) throws(StateError) -> Int32 {
        guard Name.isValid(name) else { throw reader.error("a name breaks the rules") }
        let key = tree.names.makeKey(of: name)
        guard tree.findChild(key, of: parent) == .none else { throw reader.error("two nodes have one address") }
        if let number = tree.names.number(of: key), tree.findProperty(number, of: parent) != .none {
            throw reader.error("a node and a property have one address")
        }
        let created = tree.issueID()
        tree.records[Int(created.slot)] = NodeRecord(name: key, generation: created.generation, stamp: stamp)
        tree.link(created.slot, under: parent, before: .none)
        tree.nodeCount += 1
        return created.slot
    }

    private mutating func restoreProperties(of slot: Int32, from reader: inout StateReader) throws(StateError) {
        properties.removeAll(keepingCapacity: true)
        while let name = try name(from: &reader) {
            guard owners[Int(name)] != slot else { throw reader.error("two properties have one address") }
            owners[Int(name)] = slot
            let stamp = try stamp(from: &reader)
            let value = try reader.valueRange()
            guard reader.bytes[value.lowerBound] != UInt8(ascii: "{") else {
                throw reader.error("a property is an object")
            }
            properties.append(PropertyMember(key: name, stamp: stamp, value: value))
        }
        tree.records[Int(slot)].block = tree.properties.makeBlock(properties, of: reader.bytes.span)
    }

    // MARK: Deletions

    private mutating func restoreDeletion(
        upTo newest: Int64, from reader: inout StateReader
    ) throws(StateError) {
        let timestamp = try reader.timestamp()
        guard timestamp <= newest else { throw reader.error("a deletion is newer than the newest") }
        let kind = try reader.count(below: 4)
        guard kind > 0 else { return tree.deletions.restoreMarking(at: timestamp) }
        var mark = DeletionStamps.Mark()
        if kind & 1 != 0 { mark.deletion = try stamp(from: &reader) }
        if kind & 2 != 0 { mark.shield = try stamp(from: &reader) }
        var way: [UInt32] = []
        while let name = try name(from: &reader) { way.append(name) }
        guard !way.isEmpty else { throw reader.error("a deletion has no address") }
        tree.deletions.restoreMarking(mark, at: way, timestamp)
    }

    // MARK: Parts

    private mutating func stamp(from reader: inout StateReader) throws(StateError) -> StoredStamp {
        let timestamp = try reader.timestamp()
        let place = try reader.count(below: spelledSenders.count + 1)
        guard place == 0 else { return StoredStamp(timestamp: timestamp, sender: spelledSenders[place - 1]) }
        let sender = tree.senderNumber(try reader.text())
        spelledSenders.append(sender)
        return StoredStamp(timestamp: timestamp, sender: sender)
    }

    /// The number of a name; `nil`: a list of names has ended.
    private mutating func name(from reader: inout StateReader) throws(StateError) -> UInt32? {
        let place = try reader.count(below: spelledNames.count + 2)
        guard place < 2 else { return spelledNames[place - 2] }
        guard place == 1 else { return nil }
        let name = try reader.text()
        guard Name.isValid(name) else { throw reader.error("a name breaks the rules") }
        let number = tree.names.intern(name)
        spelledNames.append(number)
        while owners.count <= number { owners.append(.none) }
        return number
    }
}
