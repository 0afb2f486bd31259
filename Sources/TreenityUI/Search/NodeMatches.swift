import TreenityStore

/// The nodes that were found, and how many are at and below each node: so that the next one, its number among all, and
/// what a filter leaves are found without a look at the others.
///
/// Each entry knows the parent under which it was counted, since the tree may be further ahead than what is told of it.
struct NodeMatches: Sendable {
    private struct Entry {
        /// Matches at and below the node.
        var count = 0
        var isMatch = false
        var parent: NodeID?
    }

    private var entries: [NodeID: Entry] = [:]
    /// Another number after each change.
    private(set) var revision = 0

    /// How many matches there are at and below a node. O(1).
    func count(_ node: NodeID) -> Int { entries[node]?.count ?? 0 }

    func isMatch(_ node: NodeID) -> Bool { entries[node]?.isMatch ?? false }

    /// How many there are below a node, itself apart.
    func countBelow(_ node: NodeID) -> Int { entries[node].map { $0.count - ($0.isMatch ? 1 : 0) } ?? 0 }

    /// Says whether a node is a match. O(depth).
    mutating func set(_ node: NodeID, isMatch: Bool, in tree: Replica) {
        guard entries[node]?.isMatch ?? false != isMatch else { return }
        revision += 1
        entries[node, default: Entry(parent: tree.parent(of: node))].isMatch = isMatch
        add(isMatch ? 1 : -1, from: node, in: tree)
    }

    /// A node is elsewhere now. O(depth).
    mutating func moved(_ node: NodeID, in tree: Replica) {
        guard let entry = entries[node] else { return }
        revision += 1
        if let parent = entry.parent { add(-entry.count, from: parent, in: tree) }
        guard tree.contains(node) else {
            entries[node] = nil
            return
        }
        let parent = tree.parent(of: node)
        entries[node]?.parent = parent
        if let parent { add(entry.count, from: parent, in: tree) }
    }

    /// Nodes are gone. O(their number).
    mutating func removed(_ nodes: [NodeID], in tree: Replica) {
        for node in nodes {
            guard let entry = entries.removeValue(forKey: node) else { continue }
            revision += 1
            if let parent = entry.parent { add(-entry.count, from: parent, in: tree) }
        }
    }

    /// Counts up the way that was recorded, and as the tree is where none was.
    private mutating func add(_ count: Int, from node: NodeID, in tree: Replica) {
        var place: NodeID? = node
        while let here = place {
            var entry: Entry
            if let known = entries[here] {
                entry = known
            } else {
                guard count > 0, tree.contains(here) else { return }
                entry = Entry(parent: tree.parent(of: here))
            }
            entry.count += count
            entries[here] = entry.count > 0 ? entry : nil
            place = entry.parent
        }
    }
}
