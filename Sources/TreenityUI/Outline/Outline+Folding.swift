import TreenityStore

/// What the user does: folding.
extension Outline {
    /// Unfolds what is above a node.
    mutating func reveal(_ node: NodeID, in tree: Replica) {
        for ancestor in tree.ancestors(of: node) {
            if node == top || ancestor == top { break }
            if !isOpen(ancestor, in: tree) { setOpen(ancestor, true, in: tree) }
        }
    }

    mutating func unfold(_ node: NodeID, in tree: Replica) {
        if !isOpen(node, in: tree) { setOpen(node, true, in: tree) }
        mayScroll = true
    }

    /// Folds a node; a cursor below it moves onto it.
    mutating func fold(_ node: NodeID, in tree: Replica) {
        setOpen(node, false, in: tree)
        if cursor != .node(node), let current = cursor.node, tree.isNode(current, within: node) { retreat(to: node) }
        mayScroll = true
    }

    /// Unfolds `node` and all below it down to so many levels, and folds what lies deeper. O(depth of the cursor).
    mutating func unfold(_ node: NodeID, depth: Int, in tree: Replica) {
        if filter == nil {
            folds.open(node, depth: depth, in: tree)
        } else {
            filterFolds.open(node, depth: depth, in: tree)
        }
        if let current = cursor.node, let hidden = foldedAncestor(of: current, in: tree) {
            retreat(to: hidden)
        } else if case .property(let owner, _) = cursor, !isOpen(owner, in: tree) {
            retreat(to: owner)
        }
        mayScroll = true
    }

    /// The topmost folded node above this one: the row that stands for it.
    func foldedAncestor(of node: NodeID, in tree: Replica) -> NodeID? {
        guard node != top, tree.contains(node) else { return nil }
        var folded: NodeID?
        for ancestor in tree.ancestors(of: node) {
            if !isOpen(ancestor, in: tree) { folded = ancestor }
            if ancestor == top { break }
        }
        return folded
    }

    private mutating func retreat(to node: NodeID) {
        if let row = rows.firstIndex(where: { $0.content == .node(node) }) { cursorRow = row }
        cursor = .node(node)
    }
}
