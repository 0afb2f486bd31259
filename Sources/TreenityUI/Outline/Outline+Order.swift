import TreenityStore

extension Outline {
    /// Whether `one` is shown above `other` when everything is unfolded. O(depth · siblings) at most.
    func precedes(_ one: NodeID, _ other: NodeID, in tree: Replica) -> Bool {
        let first = Array(([one] + Array(tree.ancestors(of: one))).reversed())
        let second = Array(([other] + Array(tree.ancestors(of: other))).reversed())
        for (a, b) in zip(first, second) where a != b {
            return sorted.order == .received ? tree.isEarlierSibling(a, b) : sorted.order.precedes(a, b, in: tree)
        }
        return first.count < second.count
    }
}

extension Replica {
    /// Whether one of two siblings came before the other. O(siblings between them).
    fileprivate func isEarlierSibling(_ one: NodeID, _ other: NodeID) -> Bool {
        var forward: NodeID? = one
        var backward: NodeID? = other
        while forward != nil || backward != nil {
            if forward == other { return true }
            if backward == one { return true }
            forward = forward.flatMap(nextSibling)
            backward = backward.flatMap(previousSibling)
            if forward == nil, backward == nil { return false }
        }
        return false
    }
}
