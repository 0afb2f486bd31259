import TreenityStore

/// What a filter leaves of the children of a node, remembered while nothing changes.
struct FilteredChildren: Sendable {
    private struct List: Sendable {
        var all: UInt32
        var revision: Int
        var children: [NodeID]
    }

    private var lists: [NodeID: List] = [:]

    private static let maximumLists = 4_096

    mutating func children(of node: NodeID, among all: [NodeID], _ matches: NodeMatches, in tree: Replica) -> [NodeID] {
        let version = tree.childrenVersion(of: node)
        if let list = lists[node], list.all == version, list.revision == matches.revision { return list.children }
        if lists.count >= FilteredChildren.maximumLists { lists = [:] }
        let children = all.filter { matches.count($0) > 0 }
        lists[node] = List(all: version, revision: matches.revision, children: children)
        return children
    }

    mutating func forget(_ node: NodeID) { lists[node] = nil }
}

/// A filter shows the nodes that it leaves, with all above them; below one that fits, everything can be unfolded.
extension Outline {
    /// Shows only what fits; `nil`: everything again.
    mutating func filter(_ criterion: Criterion?) {
        filter = criterion.map(NodeScan.init)
        filterFolds = Folds()
        filtered = FilteredChildren()
        mayScroll = true
    }

    func isVisible(_ node: NodeID, in tree: Replica) -> Bool {
        guard let filter, node != top else { return true }
        return filter.matches.count(node) > 0 || isWithinMatch(node, in: tree)
    }

    func isWithinMatch(_ node: NodeID, in tree: Replica) -> Bool {
        guard let filter else { return true }
        return filter.matches.isMatch(node) || tree.ancestors(of: node).contains { filter.matches.isMatch($0) }
    }

    mutating func children(_ node: NodeID, _ tree: Replica) -> [NodeID] {
        let all = sorted.children(of: node, in: tree)
        guard let filter, !isWithinMatch(node, in: tree) else { return all }
        if sorted.order == .recent { filtered.forget(node) }
        return filtered.children(of: node, among: all, filter.matches, in: tree)
    }

    func isOpen(_ node: NodeID, in tree: Replica) -> Bool {
        if node == top { return true }
        guard let filter else { return folds.isOpen(node, in: tree) ?? false }
        return filterFolds.isOpen(node, in: tree) ?? (filter.matches.countBelow(node) > 0)
    }

    mutating func setOpen(_ node: NodeID, _ isOpen: Bool, in tree: Replica) {
        if filter == nil {
            folds.set(node, isOpen: isOpen, in: tree)
        } else {
            filterFolds.set(node, isOpen: isOpen, in: tree)
        }
    }

    /// Takes in what a change of the tree did.
    mutating func note(_ effects: [Change.Effect], in tree: Replica) {
        search?.note(effects, in: tree)
        filter?.note(effects, in: tree)
    }

    /// The tree is another one, or changed without a word: what is known of it is found out anew.
    mutating func rescan() {
        search = search.map { NodeScan($0.criterion) }
        filter = filter.map { NodeScan($0.criterion) }
        filtered = FilteredChildren()
    }
}
