import TreenityProtocol
import TreenityStore

/// What others do to the tree.
extension Outline {
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

    mutating func neighbours(
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
}
