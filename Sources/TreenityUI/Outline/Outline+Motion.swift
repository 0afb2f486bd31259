import TreenityStore

/// What the user does: moving and folding.
extension Outline {
    /// Moves the cursor by so many rows, as far as there are any.
    mutating func move(by count: Int, in tree: Replica) {
        for _ in 0..<abs(count) {
            guard let next = count > 0 ? below(cursor, in: tree) : above(cursor, in: tree) else { break }
            cursor = .node(next)
            cursorRow += count.signum()
        }
        mayScroll = true
    }

    /// Moves the cursor by so many rows and keeps its place in the pane.
    mutating func page(by count: Int, in tree: Replica) {
        let row = cursorRow
        move(by: count, in: tree)
        cursorRow = row
    }

    /// Scrolls the rows under the cursor, which moves only where it would leave the pane.
    mutating func scroll(by count: Int, in tree: Replica) {
        cursorRow -= count
        let excess = cursorRow < 0 ? cursorRow : max(0, cursorRow - height + 1)
        if excess != 0 { move(by: -excess, in: tree) }
        mayScroll = true
    }

    /// Puts the cursor's row at a height between 0 (the pane's top) and 1 (its bottom).
    mutating func place(cursorAt fraction: Double) {
        cursorRow = Int(Double(height - 1) * fraction)
        mayScroll = false
    }

    mutating func goToLast(in tree: Replica) {
        cursor = .node(lastRow(of: top, in: tree))
        cursorRow = height - 1
        mayScroll = true
    }

    /// Puts the cursor on a node, unfolding what is above it.
    mutating func go(to node: NodeID, in tree: Replica) {
        guard tree.contains(node) else { return }
        if !tree.isNode(node, within: top) { top = tree.root }
        let isOnView = rows.firstIndex { $0.node == node }
        cursor = .node(node)
        reveal(node, in: tree)
        cursorRow = isOnView ?? height / 3
        mayScroll = true
    }

    mutating func reveal(_ node: NodeID, in tree: Replica) {
        for ancestor in tree.ancestors(of: node) {
            if ancestor == top { break }
            unfolded.insert(ancestor)
        }
    }

    // MARK: Folding

    mutating func unfold(_ node: NodeID) {
        unfolded.insert(node)
        mayScroll = true
    }

    /// Folds a node; a cursor below it moves onto it.
    mutating func fold(_ node: NodeID, in tree: Replica) {
        unfolded.remove(node)
        if let current = cursor.node, current != node, tree.isNode(current, within: node) { retreat(to: node) }
        mayScroll = true
    }

    /// Unfolds `node` and all below it down to so many levels, and folds what lies deeper.
    ///
    /// - Complexity: O(nodes below).
    mutating func unfold(_ node: NodeID, depth: Int, in tree: Replica) {
        var stack = [(node, 0)]
        while let (next, level) = stack.popLast() {
            if level < depth {
                unfolded.insert(next)
            } else {
                unfolded.remove(next)
            }
            guard level < depth || !unfolded.isEmpty else { continue }
            for child in tree.children(of: next) where tree.childCount(of: child) > 0 {
                stack.append((child, level + 1))
            }
        }
        while let current = cursor.node, let hidden = foldedAncestor(of: current, in: tree) { retreat(to: hidden) }
        mayScroll = true
    }

    /// The topmost folded node above this one: the row that stands for it.
    func foldedAncestor(of node: NodeID, in tree: Replica) -> NodeID? {
        guard node != top else { return nil }
        var folded: NodeID?
        for ancestor in tree.ancestors(of: node) {
            if !isOpen(ancestor) { folded = ancestor }
            if ancestor == top { break }
        }
        return folded
    }

    mutating func retreat(to node: NodeID) {
        if let row = rows.firstIndex(where: { $0.node == node }) { cursorRow = row }
        cursor = .node(node)
    }

    mutating func zoomIn(in tree: Replica) {
        guard let node, node != top else { return }
        earlierTops.append(top)
        top = node
        cursorRow = 0
        mayScroll = true
    }

    mutating func zoomOut(in tree: Replica) {
        var earlier = earlierTops.popLast()
        while let candidate = earlier, !tree.contains(candidate) { earlier = earlierTops.popLast() }
        guard let earlier else { return }
        let old = top
        top = earlier
        if tree.contains(old) { go(to: cursor.node ?? old, in: tree) }
    }
}
