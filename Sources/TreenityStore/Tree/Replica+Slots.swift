extension Replica {
    /// How many places for nodes there are; nodes that come may take one more. O(1).
    public var slotCount: Int { records.count }

    /// The node in a place, counted from 0; `nil`: none. To look at all nodes, in no order, while the tree changes: one
    /// that stays is met, and one that comes is told of. O(1).
    public func node(inSlot slot: Int) -> NodeID? {
        guard records.indices.contains(slot) else { return nil }
        let node = NodeID(slot: Int32(slot), generation: records[slot].generation)
        return contains(node) ? node : nil
    }
}
