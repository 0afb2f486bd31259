import TreenityProtocol
import TreenityStore

/// Which row comes before and after another.
extension Outline {
    mutating func sibling(of node: NodeID, by step: Int, in tree: Replica) -> NodeID? {
        guard node != top, let parent = tree.parent(of: node) else { return nil }
        let siblings = children(parent, tree)
        guard let place = place(of: node, among: siblings, in: tree) else { return nil }
        return siblings.indices.contains(place + step) ? siblings[place + step] : nil
    }

    private mutating func place(of node: NodeID, among siblings: [NodeID], in tree: Replica) -> Int? {
        // Rows are gone through in order: mostly it stands beside the one that was found last.
        let near = siblings.indices.clamped(to: max(0, lastPlace - 1)..<lastPlace + 2)
        guard let place = near.first(where: { siblings[$0] == node }) ?? search(node, among: siblings, in: tree) else {
            return nil
        }
        lastPlace = place
        return place
    }

    private func search(_ node: NodeID, among siblings: [NodeID], in tree: Replica) -> Int? {
        if sorted.order != .received {
            let order = sorted.order
            let place = siblings.partitioningIndex { !order.precedes($0, node, in: tree) }
            if siblings.indices.contains(place), siblings[place] == node { return place }
        }
        return siblings.firstIndex(of: node)
    }

    /// The properties of a node that have rows of their own, in order.
    func propertyRows(of node: NodeID, in tree: Replica) -> [Name] {
        showsProperties && isOpen(node, in: tree) ? tree.properties(of: node).map(\.name) : []
    }

    mutating func following(_ node: NodeID, in tree: Replica) -> OutlineCursor? {
        if let first = propertyRows(of: node, in: tree).first { return .property(node, first) }
        return afterProperties(of: node, in: tree)
    }

    mutating func afterProperties(of node: NodeID, in tree: Replica) -> OutlineCursor? {
        if isOpen(node, in: tree), let first = children(node, tree).first { return .node(first) }
        return afterSubtree(of: node, in: tree)
    }

    private mutating func afterSubtree(of node: NodeID, in tree: Replica) -> OutlineCursor? {
        var node: NodeID? = node
        while let current = node, current != top {
            if let sibling = sibling(of: current, by: 1, in: tree) { return .node(sibling) }
            node = tree.parent(of: current)
        }
        return nil
    }

    private mutating func preceding(_ node: NodeID, in tree: Replica) -> OutlineCursor? {
        guard node != top, let parent = tree.parent(of: node) else { return nil }
        if let sibling = sibling(of: node, by: -1, in: tree) { return lastRow(of: sibling, in: tree) }
        return lastProperty(of: parent, in: tree)
    }

    /// The last row of a node itself, before those of its children.
    private func lastProperty(of node: NodeID, in tree: Replica) -> OutlineCursor {
        propertyRows(of: node, in: tree).last.map { .property(node, $0) } ?? .node(node)
    }

    mutating func lastRow(of node: NodeID, in tree: Replica) -> OutlineCursor {
        var node = node
        while isOpen(node, in: tree), let last = children(node, tree).last { node = last }
        return lastProperty(of: node, in: tree)
    }

    mutating func above(_ cursor: OutlineCursor, in tree: Replica) -> OutlineCursor? {
        switch cursor {
        case .node(let node):
            return preceding(node, in: tree)
        case .property(let node, let name):
            let names = propertyRows(of: node, in: tree)
            guard let place = names.firstIndex(of: name), place > 0 else { return .node(node) }
            return .property(node, names[place - 1])
        case .ghost(let ghost):
            if let previous = neighbours(of: ghost, in: tree).previous { return lastRow(of: previous, in: tree) }
            return tree.contains(ghost.parent) ? lastProperty(of: ghost.parent, in: tree) : nil
        }
    }

    mutating func below(_ cursor: OutlineCursor, in tree: Replica) -> OutlineCursor? {
        switch cursor {
        case .node(let node):
            return following(node, in: tree)
        case .property(let node, let name):
            let names = propertyRows(of: node, in: tree)
            guard let place = names.firstIndex(of: name), names.indices.contains(place + 1) else {
                return afterProperties(of: node, in: tree)
            }
            return .property(node, names[place + 1])
        case .ghost(let ghost):
            if let next = neighbours(of: ghost, in: tree).next { return .node(next) }
            return tree.contains(ghost.parent) ? afterSubtree(of: ghost.parent, in: tree) : nil
        }
    }
}
