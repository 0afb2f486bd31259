import TreenityStore

/// One row of the outline: what it shows, and how deep.
struct OutlineRow: Equatable, Sendable {
    let content: OutlineCursor
    /// Levels below the top.
    let depth: Int

    var node: NodeID? { content.node }

    init(_ content: OutlineCursor, top: NodeID, in tree: Replica) {
        self.content = content
        switch content {
        case .node(let node): depth = OutlineRow.depth(of: node, below: top, in: tree)
        case .property(let node, _): depth = OutlineRow.depth(of: node, below: top, in: tree) + 1
        case .ghost(let ghost): depth = OutlineRow.depth(of: ghost.parent, below: top, in: tree) + 1
        }
    }

    private static func depth(of node: NodeID, below top: NodeID, in tree: Replica) -> Int {
        guard node != top, tree.contains(node) else { return 0 }
        return tree.ancestors(of: node).prefix { $0 != top }.reduce(1) { depth, _ in depth + 1 }
    }
}
