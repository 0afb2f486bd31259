import TreenityProtocol
import TreenityStore

/// The collapsible view of a tree: what is unfolded, where the cursor stands, and which rows that puts on the screen.
///
/// The rows on view are found by walking from the cursor up and down, so that the cost of a frame depends on the
/// height of the pane alone, and the cursor keeps its screen row whatever happens above it.
struct Outline: Sendable {
    /// The node shown as the top.
    var top: NodeID
    var cursor: OutlineCursor
    var folds = Folds()
    /// What is looked for, to go from one to the next.
    var search: NodeScan?
    /// What is left on view; `nil`: everything.
    var filter: NodeScan?
    /// What was folded and unfolded since the filter was set.
    var filterFolds = Folds()
    var filtered = FilteredChildren()
    /// Whether properties are rows under their nodes.
    var showsProperties = false
    /// The rows on view, from the top of the pane.
    var rows: [OutlineRow] = []

    var sorted = SortedChildren()
    /// Where among its siblings the node stood that was looked for last.
    var lastPlace = 0
    /// The row of the pane in which the cursor stands, from 0.
    var cursorRow = 0
    var height = 1
    /// The user moved: the view may scroll to a good place. Else it stays where it is.
    var mayScroll = true
    /// How many columns of the rows are beyond the pane's left edge.
    var shift = 0
    var visits = Visits()
    /// The ancestors of the cursor's node, nearest first, in case it vanishes without a word.
    var trail: [NodeID] = []

    init(root: NodeID) {
        top = root
        cursor = .node(root)
    }

    /// Whether there is something below a node that unfolding shows.
    func canOpen(_ node: NodeID, in tree: Replica) -> Bool {
        tree.childCount(of: node) > 0 || showsProperties && tree.hasProperties(node)
    }

    /// The node that commands act on; `nil` on a ghost.
    var node: NodeID? { cursor.node }

    // MARK: Rows

    /// Finds the rows on view in a pane of that height. O(height) beside the sorting of children that changed.
    mutating func arrange(height: Int, in tree: Replica) {
        self.height = max(1, height)
        repair(in: tree)
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
        let places = above.prefix(cursorRow).reversed() + [cursor] + below
        rows = places.map { OutlineRow($0, top: top, in: tree) }
    }

    /// Puts the top and the cursor on what there is. O(depth).
    mutating func repair(in tree: Replica) {
        if !tree.contains(top) { top = tree.root }
        repairCursor(in: tree)
    }

    private mutating func repairCursor(in tree: Replica) {
        switch cursor {
        case .node(let node):
            let found = ([node] + trail).first { isShowable($0, in: tree) } ?? top
            cursor = .node(found)
            reveal(found, in: tree)
            trail = Array(tree.ancestors(of: found))
        case .property(let node, let name):
            if showsProperties, isShowable(node, in: tree),
                tree.property(name, of: node) != nil
            {
                reveal(node, in: tree)
                unfold(node, in: tree)
                trail = [node] + tree.ancestors(of: node)
            } else {
                cursor = .node(node)
                repairCursor(in: tree)
            }
        case .ghost(let ghost):
            if !tree.contains(ghost.parent) || !tree.isNode(ghost.parent, within: top) {
                cursor = .node(trail.first { isShowable($0, in: tree) } ?? top)
            } else if ghost.name == ghost.removed, let back = tree.child(ghost.name, of: ghost.parent) {
                // It is there again.
                cursor = .node(back)
            }
        }
    }

    private func isShowable(_ node: NodeID, in tree: Replica) -> Bool {
        tree.contains(node) && tree.isNode(node, within: top) && isVisible(node, in: tree)
    }

    private mutating func walk(
        from start: OutlineCursor, upTo limit: Int, upwards: Bool, in tree: Replica
    ) -> [OutlineCursor] {
        var places: [OutlineCursor] = []
        var place = start
        while places.count < limit, let next = upwards ? above(place, in: tree) : below(place, in: tree) {
            places.append(next)
            place = next
        }
        return places
    }
}
