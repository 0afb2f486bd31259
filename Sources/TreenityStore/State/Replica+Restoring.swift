import TreenityProtocol

extension Replica {
    /// The tree that a ``ReplicaSaving`` wrote.
    ///
    /// - Throws: ``StateError`` where it is not whole.
    package init(restoringFrom reader: inout StateReader) throws(StateError) {
        self.init()
        let nodes = try reader.count(below: Int(Int32.max))
        let deletions = try reader.count(below: DeletionStamps.maximumCount + 1)
        newest = Timestamp(milliseconds: try reader.signed())
        let newestDeletion = try reader.signed()
        guard nodes > 0 else { throw reader.error("there is no root") }
        var way: [Int32] = []
        for _ in 0..<nodes {
            try reader.beginRecord()
            try restoreNode(below: &way, from: &reader)
        }
        for _ in 0..<deletions {
            try reader.beginRecord()
            try restoreDeletion(from: &reader)
        }
        self.deletions.restore(newest: newestDeletion)
    }

    /// - Parameter way: the slots from the root to the node before.
    private mutating func restoreNode(below way: inout [Int32], from reader: inout StateReader) throws(StateError) {
        let depth = try reader.count()
        let name = try reader.text()
        let stamp = try restoreStamp(from: &reader)
        let slot: Int32
        if way.isEmpty {
            guard depth == 0, name == TreePath.rootName else { throw reader.error("it does not begin with the root") }
            slot = root.slot
            records[Int(slot)].stamp = stamp
        } else {
            guard 1...way.count ~= depth else { throw reader.error("a node has no parent") }
            way.removeSubrange(depth...)
            slot = try makeNode(name, stamp, below: way[depth - 1], reader)
        }
        way.append(slot)
        records[Int(slot)].block = properties.makeBlock(try restoreProperties(from: &reader))
    }

    private mutating func makeNode(
        _ name: String, _ stamp: StoredStamp, below parent: Int32, _ reader: StateReader
    ) throws(StateError) -> Int32 {
        guard Name.isValid(name) else { throw reader.error("a name breaks the rules") }
        let key = names.makeKey(of: name)
        guard findChild(key, of: parent) == .none else { throw reader.error("two nodes have one address") }
        let created = issueID()
        records[Int(created.slot)] = NodeRecord(name: key, generation: created.generation, stamp: stamp)
        link(created.slot, under: parent, before: .none)
        nodeCount += 1
        return created.slot
    }

    private mutating func restoreProperties(from reader: inout StateReader) throws(StateError) -> [PropertyRecord] {
        let count = try reader.count()
        var restored: [PropertyRecord] = []
        for _ in 0..<count {
            let name = try reader.commonText()
            guard Name.isValid(name) else { throw reader.error("a name breaks the rules") }
            let stamp = try restoreStamp(from: &reader)
            let value = JSONValue(canonical: try reader.text())
            restored.append(PropertyRecord(key: names.intern(name), stamp: stamp, value: value))
        }
        return restored
    }

    private mutating func restoreStamp(from reader: inout StateReader) throws(StateError) -> StoredStamp {
        let timestamp = try reader.timestamp()
        return StoredStamp(timestamp: timestamp, sender: senderNumber(try reader.commonText()))
    }

    private mutating func restoreDeletion(from reader: inout StateReader) throws(StateError) {
        let timestamp = try reader.timestamp()
        let kind = try reader.count(below: 5)
        guard kind > 0 else { return deletions.restoreMarking(at: timestamp) }
        var way: [UInt32] = []
        for _ in 0..<(try reader.count()) { way.append(names.intern(try reader.commonText())) }
        var mark = DeletionStamps.Mark()
        if (kind - 1) & 1 != 0 { mark.deletion = try restoreStamp(from: &reader) }
        if (kind - 1) & 2 != 0 { mark.shield = try restoreStamp(from: &reader) }
        guard !mark.isEmpty, !way.isEmpty else { throw reader.error("a deletion says nothing") }
        deletions.restoreMarking(mark, at: way, timestamp)
    }
}
