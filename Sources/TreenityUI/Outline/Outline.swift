import TreenityProtocol
import TreenityStore

/// The collapsible view of a tree: what is unfolded, where the cursor stands, and which rows that puts on the screen.
///
/// The rows on view are found by walking from the cursor up and down, so that the cost of a frame depends on the
/// height of the pane alone, and the cursor keeps its screen row whatever happens above it.
struct Outline: Sendable {
    /// The node shown as the top.
    private(set) var top: NodeID
    private(set) var cursor: OutlineCursor
    private(set) var unfolded: Set<NodeID> = []
    /// The rows on view, from the top of the pane.
    private(set) var rows: [OutlineRow] = []

    var sorted = SortedChildren()
    /// The row of the pane in which the cursor stands, from 0.
    private var cursorRow = 0
    private var height = 1
    /// The user moved: the view may scroll to a good place. Else it stays where it is.
    private var mayScroll = true
    private var earlierTops: [NodeID] = []
    /// The ancestors of the cursor's node, nearest first, in case it vanishes without a word.
    private var trail: [NodeID] = []

    init(root: NodeID) {
        top = root
        cursor = .node(root)
    }

    func isOpen(_ node: NodeID) -> Bool { node == top || unfolded.contains(node) }

    /// The node that commands act on; `nil` on a ghost.
    var node: NodeID? { cursor.node }

    // MARK: Neighbours among the rows

    private mutating func children(_ node: NodeID, _ tree: Replica) -> [NodeID] { sorted.children(of: node, in: tree) }

    mutating func sibling(of node: NodeID, by step: Int, in tree: Replica) -> NodeID? {
        guard node != top, let parent = tree.parent(of: node) else { return nil }
        if sorted.order == .received {
            return step > 0 ? tree.nextSibling(of: node) : tree.previousSibling(of: node)
        }
        let siblings = children(parent, tree)
        let order = sorted.order
        var place = siblings.partitioningIndex { !order.precedes($0, node, in: tree) }
        if !siblings.indices.contains(place) || siblings[place] != node {
            guard let found = siblings.firstIndex(of: node) else { return nil }
            place = found
        }
        return siblings.indices.contains(place + step) ? siblings[place + step] : nil
    }

    private mutating func following(_ node: NodeID, in tree: Replica) -> NodeID? {
        if isOpen(node), let first = children(node, tree).first { return first }
        return afterSubtree(of: node, in: tree)
    }

    private mutating func afterSubtree(of node: NodeID, in tree: Replica) -> NodeID? {
        var node: NodeID? = node
        while let current = node, current != top {
            if let sibling = sibling(of: current, by: 1, in: tree) { return sibling }
            node = tree.parent(of: current)
        }
        return nil
    }

    private mutating func preceding(_ node: NodeID, in tree: Replica) -> NodeID? {
        guard node != top else { return nil }
        if let sibling = sibling(of: node, by: -1, in: tree) { return lastRow(of: sibling, in: tree) }
        return tree.parent(of: node)
    }

    private mutating func lastRow(of node: NodeID, in tree: Replica) -> NodeID {
        var node = node
        while isOpen(node), let last = children(node, tree).last { node = last }
        return node
    }

    private mutating func above(_ cursor: OutlineCursor, in tree: Replica) -> NodeID? {
        switch cursor {
        case .node(let node): return preceding(node, in: tree)
        case .ghost(let ghost):
            if let previous = ghost.previous, isChild(previous, of: ghost.parent, tree) {
                return lastRow(of: previous, in: tree)
            }
            return tree.contains(ghost.parent) ? ghost.parent : nil
        }
    }

    private mutating func below(_ cursor: OutlineCursor, in tree: Replica) -> NodeID? {
        switch cursor {
        case .node(let node): return following(node, in: tree)
        case .ghost(let ghost):
            if let next = ghost.next, isChild(next, of: ghost.parent, tree) { return next }
            return tree.contains(ghost.parent) ? afterSubtree(of: ghost.parent, in: tree) : nil
        }
    }

    private func isChild(_ node: NodeID, of parent: NodeID, _ tree: Replica) -> Bool {
        tree.contains(node) && tree.parent(of: node) == parent
    }

    // MARK: Moving

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

    private mutating func reveal(_ node: NodeID, in tree: Replica) {
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

    private mutating func retreat(to node: NodeID) {
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

    // MARK: Changes of the tree

    /// A subtree was removed: a cursor in it becomes a ghost.
    mutating func nodesRemoved(_ subtree: RemovedSubtree, by remover: String, cursorName: Name?, in tree: Replica) {
        let ids = subtree.ids
        switch cursor {
        case .node(let node) where ids.contains(node): break
        case .ghost(let ghost) where ids.contains(ghost.parent): break
        case .node, .ghost: return
        }
        guard tree.contains(subtree.parent) else { return }
        let (previous, next) = neighbours(of: subtree, in: tree)
        cursor = .ghost(
            Ghost(
                name: cursorName ?? subtree.name, remover: remover, parent: subtree.parent, previous: previous,
                next: next))
    }

    private mutating func neighbours(
        of subtree: RemovedSubtree, in tree: Replica
    ) -> (previous: NodeID?, next: NodeID?) {
        if sorted.order == .received {
            guard let next = subtree.next, tree.contains(next) else {
                return (tree.lastChild(of: subtree.parent), nil)
            }
            return (tree.previousSibling(of: next), next)
        }
        let siblings = children(subtree.parent, tree)
        let name = subtree.name.text
        let place = siblings.partitioningIndex { NaturalOrder.precedes(name, tree.name(of: $0).text) }
        return (
            siblings.indices.contains(place - 1) ? siblings[place - 1] : nil,
            siblings.indices.contains(place) ? siblings[place] : nil
        )
    }

    // MARK: Rows

    /// Finds the rows on view in a pane of that height. O(height) beside the sorting of children that changed.
    mutating func arrange(height: Int, in tree: Replica) {
        self.height = max(1, height)
        if !tree.contains(top) {
            top = tree.root
            earlierTops = []
        }
        repairCursor(in: tree)
        if mayScroll { cursorRow = min(max(cursorRow, 0), self.height - 1) }
        let above = walk(from: cursor, upTo: self.height - 1, upwards: true, in: tree)
        cursorRow = min(cursorRow, above.count, self.height - 1)
        var below = walk(from: cursor, upTo: self.height - 1 - cursorRow, upwards: false, in: tree)
        if mayScroll {
            // No empty rows at the bottom while there are rows above the pane.
            cursorRow = min(above.count, max(cursorRow, self.height - 1 - below.count))
            below = Array(below.prefix(self.height - 1 - cursorRow))
        }
        mayScroll = false
        let nodes =
            above.prefix(cursorRow).reversed().map { OutlineCursor.node($0) } + [cursor]
            + below.map { OutlineCursor.node($0) }
        rows = nodes.map { OutlineRow($0, top: top, in: tree) }
    }

    private mutating func repairCursor(in tree: Replica) {
        switch cursor {
        case .node(let node):
            let found = ([node] + trail).first { tree.contains($0) && tree.isNode($0, within: top) } ?? top
            cursor = .node(found)
            reveal(found, in: tree)
            trail = Array(tree.ancestors(of: found))
        case .ghost(let ghost):
            if !tree.contains(ghost.parent) {
                cursor = .node(trail.first { tree.contains($0) && tree.isNode($0, within: top) } ?? top)
            }
        }
    }

    private mutating func walk(
        from start: OutlineCursor, upTo limit: Int, upwards: Bool, in tree: Replica
    ) -> [NodeID] {
        var nodes: [NodeID] = []
        var place = start
        while nodes.count < limit, let next = upwards ? above(place, in: tree) : below(place, in: tree) {
            nodes.append(next)
            place = .node(next)
        }
        return nodes
    }
}
