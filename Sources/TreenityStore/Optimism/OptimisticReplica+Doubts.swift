public import TreenityProtocol

extension OptimisticReplica {
    /// What has to be subscribed to with depth 0, and refines the tree (``receive(_:refining:)``), so that the numbers of
    /// children of all nodes are certain again. Each is told once, and again where the answer did not help, or none came on
    /// a connection that was lost; a refusal means nothing.
    ///
    /// It may be asked for late: until then the numbers are guesses (``Replica/isDoubtful(_:)-(NodeID)``), and much that
    /// happens makes no more doubts than little.
    ///
    /// - Complexity: O(1) where there is nothing to ask for; otherwise O(what the pending edits did), and O(depth) a node.
    public mutating func takeInquiries() -> [TreePath] {
        guard !doubts.isSettled else { return [] }
        let confirmed = confirmed
        return doubts.ask(in: confirmed)
    }
}
