import TreenityStore

extension Replica {
    /// Whether a node or property below `node` is more than `levels` levels away from it. O(nodes below).
    func reaches(_ node: NodeID, beyond levels: Int) -> Bool {
        guard levels > 0 else { return childCount(of: node) > 0 || !properties(of: node).isEmpty }
        return children(of: node).contains { reaches($0, beyond: levels - 1) }
    }
}
