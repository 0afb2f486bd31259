import TreenityStore

/// What the user does: moving.
extension Outline {
    /// Moves the cursor by so many rows, as far as there are any.
    mutating func move(by count: Int, in tree: Replica) {
        for _ in 0..<abs(count) {
            guard let next = count > 0 ? below(cursor, in: tree) : above(cursor, in: tree) else { break }
            cursor = next
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

    /// Scrolls to the side by so many quarters of the pane.
    mutating func shift(by count: Int, paneWidth: Int) {
        shift = min(max(0, shift + count * max(4, paneWidth / 4)), Outline.widestShift)
    }

    /// No row is wider: a name has at most 255 bytes, and values are cut.
    private static let widestShift = 600

    mutating func goToLast(in tree: Replica) {
        cursor = lastRow(of: top, in: tree)
        cursorRow = height - 1
        mayScroll = true
    }

    /// Puts the cursor on a node, unfolding what is above it.
    mutating func go(to node: NodeID, in tree: Replica) {
        guard tree.contains(node) else { return }
        if !tree.isNode(node, within: top) { top = tree.root }
        if !isVisible(node, in: tree) { filter(nil) }
        let isOnView = rows.firstIndex { $0.content == .node(node) }
        cursor = .node(node)
        reveal(node, in: tree)
        cursorRow = isOnView ?? height / 3
        mayScroll = true
    }

    // MARK: Tops and places

    func isCursorWithinTop(in tree: Replica) -> Bool {
        guard let node = cursor.node, tree.contains(node) else { return false }
        return tree.isNode(node, within: top)
    }

    mutating func zoomIn(in tree: Replica) {
        guard let node, node != top else { return }
        visits.left(top: top, node: node)
        top = node
        cursor = .node(node)
        cursorRow = 0
        mayScroll = true
    }

    /// Back to the place and the top before the last jump; `false`: there was none.
    mutating func goBack(in tree: Replica) -> Bool {
        while let visit = visits.takeLast() {
            guard tree.contains(visit.top), tree.contains(visit.node) else { continue }
            guard visit.top != top || visit.node != node else { continue }
            top = visit.top
            go(to: visit.node, in: tree)
            return true
        }
        return false
    }

    /// Remembers where the cursor stands, before it goes far away.
    mutating func leave() {
        if let node { visits.left(top: top, node: node) }
    }
}
