import TreenityStore

/// The children of the nodes on view in their order, remembered while nothing changes among them.
struct SortedChildren: Sendable {
    var order: ChildOrder = .natural {
        didSet { if order != oldValue { lists = [:] } }
    }

    private struct List: Sendable {
        var version: UInt32
        var children: [NodeID]
    }

    private var lists: [NodeID: List] = [:]

    private static let maximumLists = 4_096

    /// The children of a node. O(1) where nothing changed; O(children) after some came or went; O(n log n) at first.
    mutating func children(of node: NodeID, in tree: Replica) -> [NodeID] {
        let version = tree.childrenVersion(of: node)
        if let list = lists[node], list.version == version { return list.children }
        if lists.count >= SortedChildren.maximumLists { lists = [:] }
        let children = sorted(node, in: tree)
        lists[node] = List(version: version, children: children)
        return children
    }

    /// Forgets the order of a node's children, where it goes by more than their names.
    mutating func childChanged(of node: NodeID) {
        if order == .recent { lists[node] = nil }
    }

    private func sorted(_ node: NodeID, in tree: Replica) -> [NodeID] {
        let received = Array(tree.children(of: node))
        guard order != .received else { return received }
        guard order == .natural, let old = lists[node]?.children else {
            return received.sorted { order.precedes($0, $1, in: tree) }
        }
        return merged(old, received, node, in: tree)
    }

    /// The old order without what is gone, with what is new sorted in.
    private func merged(_ old: [NodeID], _ received: [NodeID], _ node: NodeID, in tree: Replica) -> [NodeID] {
        let known = Set(old)
        let added = received.filter { !known.contains($0) }
        let kept = old.filter { tree.contains($0) && tree.parent(of: $0) == node }
        // A child that was renamed is in the wrong place now.
        let isSorted = zip(kept, kept.dropFirst()).allSatisfy { order.precedes($0, $1, in: tree) }
        guard isSorted, added.count < 64 else { return received.sorted { order.precedes($0, $1, in: tree) } }
        var merged = kept
        for child in added {
            let place = merged.partitioningIndex { order.precedes(child, $0, in: tree) }
            merged.insert(child, at: place)
        }
        return merged
    }
}

extension Array {
    /// The first place whose element satisfies a condition that holds for all after it. O(log n).
    func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
