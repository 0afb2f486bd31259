import TreenityStore

/// Which row comes before and after another.
extension Outline {
    mutating func children(_ node: NodeID, _ tree: Replica) -> [NodeID] { sorted.children(of: node, in: tree) }

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

    mutating func following(_ node: NodeID, in tree: Replica) -> NodeID? {
        if isOpen(node), let first = children(node, tree).first { return first }
        return afterSubtree(of: node, in: tree)
    }

    mutating func afterSubtree(of node: NodeID, in tree: Replica) -> NodeID? {
        var node: NodeID? = node
        while let current = node, current != top {
            if let sibling = sibling(of: current, by: 1, in: tree) { return sibling }
            node = tree.parent(of: current)
        }
        return nil
    }

    mutating func preceding(_ node: NodeID, in tree: Replica) -> NodeID? {
        guard node != top else { return nil }
        if let sibling = sibling(of: node, by: -1, in: tree) { return lastRow(of: sibling, in: tree) }
        return tree.parent(of: node)
    }

    mutating func lastRow(of node: NodeID, in tree: Replica) -> NodeID {
        var node = node
        while isOpen(node), let last = children(node, tree).last { node = last }
        return node
    }

    mutating func above(_ cursor: OutlineCursor, in tree: Replica) -> NodeID? {
        switch cursor {
        case .node(let node): return preceding(node, in: tree)
        case .ghost(let ghost):
            if let previous = neighbours(of: ghost, in: tree).previous { return lastRow(of: previous, in: tree) }
            return tree.contains(ghost.parent) ? ghost.parent : nil
        }
    }

    mutating func below(_ cursor: OutlineCursor, in tree: Replica) -> NodeID? {
        switch cursor {
        case .node(let node): return following(node, in: tree)
        case .ghost(let ghost):
            if let next = neighbours(of: ghost, in: tree).next { return next }
            return tree.contains(ghost.parent) ? afterSubtree(of: ghost.parent, in: tree) : nil
        }
    }
}
