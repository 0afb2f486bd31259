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

    /// Forgets all orders: the tree is another one.
    mutating func forget() { lists = [:] }

    /// Forgets the order of a node's children, where it goes by more than their names.
    mutating func childChanged(of node: NodeID) {
        if order == .recent { lists[node] = nil }
    }

    private func sorted(_ node: NodeID, in tree: Replica) -> [NodeID] {
        if order == .natural, let old = lists[node], let merged = merged(old, node, in: tree) { return merged }
        let received = Array(tree.children(of: node))
        return order == .received ? received : received.sorted { order.precedes($0, $1, in: tree) }
    }

    /// The old order without what went, with what came sorted in; `nil` where that is not all that happened.
    ///
    /// What comes, or comes under another name, stands at the end of the order of arrival. O(n + m log n) for m of n.
    private func merged(_ old: List, _ node: NodeID, in tree: Replica) -> [NodeID]? {
        let kept = old.children.filter { tree.isChild($0, of: node, sinceVersion: old.version) }
        var came: [NodeID] = []
        var last = tree.lastChild(of: node)
        while let child = last, !tree.isChild(child, of: node, sinceVersion: old.version) {
            came.append(child)
            last = tree.previousSibling(of: child)
        }
        guard kept.count + came.count == tree.childCount(of: node) else { return nil }
        came.sort { order.precedes($0, $1, in: tree) }
        var merged: [NodeID] = []
        merged.reserveCapacity(kept.count + came.count)
        var rest = kept[...]
        for child in came {
            let place = rest.partitioningIndex { order.precedes(child, $0, in: tree) }
            merged += rest[..<place]
            merged.append(child)
            rest = rest[place...]
        }
        return merged + rest
    }
}

extension RandomAccessCollection where Index == Int {
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
