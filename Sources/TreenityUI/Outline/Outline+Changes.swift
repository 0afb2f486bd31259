import TreenityProtocol
import TreenityStore

/// What others do to the tree.
extension Outline {
    /// A subtree was removed: a cursor in it becomes a ghost.
    mutating func nodesRemoved(_ subtree: RemovedSubtree, by remover: String, cursorName: Name?, in tree: Replica) {
        let ids = subtree.ids
        switch cursor {
        case .node(let node) where ids.contains(node), .property(let node, _) where ids.contains(node): break
        case .ghost(let ghost) where ids.contains(ghost.parent): break
        case .node, .property, .ghost: return
        }
        guard tree.contains(subtree.parent) else { return }
        cursor = .ghost(
            Ghost(
                name: cursorName ?? subtree.name, remover: remover, removed: subtree.name, parent: subtree.parent,
                next: subtree.next))
    }

    /// The siblings between which a ghost stands now, by the order that is shown.
    mutating func neighbours(of ghost: Ghost, in tree: Replica) -> (previous: NodeID?, next: NodeID?) {
        guard tree.contains(ghost.parent) else { return (nil, nil) }
        if sorted.order == .received {
            guard let next = ghost.next, tree.contains(next), tree.parent(of: next) == ghost.parent else {
                return (tree.lastChild(of: ghost.parent), nil)
            }
            return (tree.previousSibling(of: next), next)
        }
        let siblings = children(ghost.parent, tree)
        let name = ghost.removed.text
        let isByName = sorted.order == .natural
        let place = isByName ? siblings.partitioningIndex { NaturalOrder.precedes(name, tree.name(of: $0).text) } : 0
        return (
            siblings.indices.contains(place - 1) ? siblings[place - 1] : nil,
            siblings.indices.contains(place) ? siblings[place] : nil
        )
    }
}
