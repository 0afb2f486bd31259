/// Finds a child by its parent and name in O(1), for all nodes of a tree in one table.
///
/// Open addressing with linear probing over the slots of the children; the keys themselves lie in the records, so that
/// an entry takes four bytes.
struct ChildIndex: Sendable {
    private var table: [Int32]
    private var count = 0

    init() {
        table = Array(repeating: .none, count: 16)
    }

    func find(parent: Int32, name: UInt32, in records: [NodeRecord]) -> Int32 {
        var place = ChildIndex.hash(parent, name) & mask
        while table[place] != .none {
            let record = records[Int(table[place])]
            if record.parent == parent, record.name == name { return table[place] }
            place = (place + 1) & mask
        }
        return .none
    }

    /// - Precondition: the child is not in the table yet, and its record holds its parent and name.
    mutating func insert(_ child: Int32, in records: [NodeRecord]) {
        if (count + 1) * 4 > table.count * 3 { grow(records) }
        place(child, in: records)
        count += 1
    }

    /// - Precondition: the child's record still holds the parent and name under which it was inserted.
    mutating func remove(_ child: Int32, in records: [NodeRecord]) {
        var hole = home(of: child, in: records)
        while table[hole] != child {
            guard table[hole] != .none else { preconditionFailure("a node is missing from the index of children") }
            hole = (hole + 1) & mask
        }
        table[hole] = .none
        count -= 1
        closeGap(at: hole, in: records)
    }

    /// Shifts entries back over the hole, so that none is cut off from its home.
    private mutating func closeGap(at start: Int, in records: [NodeRecord]) {
        var hole = start
        var place = (hole + 1) & mask
        while table[place] != .none {
            let home = home(of: table[place], in: records)
            if (place &- home) & mask >= (place &- hole) & mask {
                table[hole] = table[place]
                table[place] = .none
                hole = place
            }
            place = (place + 1) & mask
        }
    }

    private mutating func grow(_ records: [NodeRecord]) {
        let old = table
        table = Array(repeating: .none, count: old.count * 2)
        for child in old where child != .none { place(child, in: records) }
    }

    private mutating func place(_ child: Int32, in records: [NodeRecord]) {
        var place = home(of: child, in: records)
        while table[place] != .none { place = (place + 1) & mask }
        table[place] = child
    }

    private func home(of child: Int32, in records: [NodeRecord]) -> Int {
        let record = records[Int(child)]
        return ChildIndex.hash(record.parent, record.name) & mask
    }

    private var mask: Int { table.count - 1 }

    /// Spreads both numbers over all bits (the finalizer of SplitMix64).
    private static func hash(_ parent: Int32, _ name: UInt32) -> Int {
        var bits = UInt64(UInt32(bitPattern: parent)) << 32 | UInt64(name)
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: bits ^ bits >> 31)
    }
}
