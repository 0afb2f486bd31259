import TreenityStore

/// A search through all nodes, a slice at a time, whose result stays true while the tree changes.
struct NodeScan: Sendable {
    let criterion: Criterion
    private(set) var matches = NodeMatches()
    /// The next place to look at.
    private var slot = 0
    private(set) var isComplete = false

    /// How many nodes are looked at in one slice: a few milliseconds.
    static let slice = 4_000

    init(_ criterion: Criterion) {
        self.criterion = criterion
    }

    /// Looks at some more nodes.
    mutating func proceed(in tree: Replica) {
        guard !isComplete else { return }
        let end = min(slot + NodeScan.slice, tree.slotCount)
        while slot < end {
            if let node = tree.node(inSlot: slot), criterion.holds(for: node, in: tree) {
                matches.set(node, isMatch: true, in: tree)
            }
            slot += 1
        }
        isComplete = slot >= tree.slotCount
    }

    /// Takes in what a change of the tree did. O(depth) an effect, beside the nodes that went.
    mutating func note(_ effects: [Change.Effect], in tree: Replica) {
        for effect in effects {
            switch effect {
            case .property(let change): look(at: change.node, in: tree)
            case .added(let node): look(at: node, in: tree)
            case .moved(let move):
                matches.moved(move.node, in: tree)
                // It may have another name.
                look(at: move.node, in: tree)
            case .removed(let subtree): matches.removed(subtree.ids, in: tree)
            case .count: break
            }
        }
    }

    private mutating func look(at node: NodeID, in tree: Replica) {
        guard tree.contains(node) else { return }
        matches.set(node, isMatch: criterion.holds(for: node, in: tree), in: tree)
    }
}
