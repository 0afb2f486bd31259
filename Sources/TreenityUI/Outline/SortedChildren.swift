import TreenityProtocol
import TreenityStore

/// The children of the nodes on view in their order, remembered while nothing changes among them.
struct SortedChildren: Sendable {
    var order: ChildOrder = .natural {
        didSet { if order != oldValue { lists = [:] } }
    }

    private struct List: Sendable {
        var version: UInt32
        var children: [NodeID]
        /// Those that may stand elsewhere now, though they came and went nowhere.
        var touched: Set<NodeID> = []
    }

    private var lists: [NodeID: List] = [:]

    private static let maximumLists = 4_096

    /// The children of a node. O(1) where nothing changed; O(children) after some came or went; O(n log n) at first.
    mutating func children(of node: NodeID, in tree: Replica) -> [NodeID] {
        let version = tree.childrenVersion(of: node)
        if let list = lists[node], list.version == version, list.touched.isEmpty { return list.children }
        if lists.count >= SortedChildren.maximumLists { lists = [:] }
        let children = sorted(node, in: tree)
        lists[node] = List(version: version, children: children)
        return children
    }

    /// Forgets all orders: the tree is another one.
    mutating func forget() { lists = [:] }

    /// A child became another, which may put it elsewhere where the order goes by more than names.
    mutating func changed(_ child: NodeID, of node: NodeID) {
        if order == .recent { lists[node]?.touched.insert(child) }
    }

    private func sorted(_ node: NodeID, in tree: Replica) -> [NodeID] {
        if order == .received { return Array(tree.children(of: node)) }
        if let old = lists[node], let merged = merged(old, node, in: tree) { return merged }
        if order == .natural { return NaturalKeys.sorted(childrenOf: node, in: tree) }
        let dated = tree.children(of: node).map { (node: $0, time: tree.stamp(of: $0).timestamp) }
        return dated.sorted { one, other in
            one.time != other.time ? one.time > other.time : order.precedes(one.node, other.node, in: tree)
        }.map(\.node)
    }

    /// The old order without what went, with what came sorted in; `nil` where that is not all that happened, or too much.
    ///
    /// What comes, or comes under another name, stands at the end of the order of arrival. O(n + m log n) for m of n.
    private func merged(_ old: List, _ node: NodeID, in tree: Replica) -> [NodeID]? {
        var came: [NodeID] = []
        var last = tree.lastChild(of: node)
        while let child = last, !tree.isChild(child, of: node, sinceVersion: old.version) {
            came.append(child)
            last = tree.previousSibling(of: child)
        }
        // Their number alone tells nothing: what is put back comes in the middle, and may be as many as went.
        let kept = old.children.filter {
            !old.touched.contains($0) && tree.isChild($0, of: node, sinceVersion: old.version)
        }
        came += old.touched.filter { tree.isChild($0, of: node, sinceVersion: old.version) }
        guard kept.count + came.count == tree.childCount(of: node), came.count <= kept.count else { return nil }
        came.sort { order.precedes($0, $1, in: tree) }
        return merge(came, into: kept, in: tree)
    }

    private func merge(_ came: [NodeID], into kept: [NodeID], in tree: Replica) -> [NodeID] {
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
