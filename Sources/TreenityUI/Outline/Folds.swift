import TreenityStore

/// Which nodes are open: those that were opened one by one, and those of which a rule says so, as “everything below here,
/// three levels deep”. What was said last holds, so that opening a million nodes takes no time.
struct Folds: Sendable {
    /// What was said of one node.
    private struct Choice {
        var isOpen: Bool
        var number: Int
    }

    /// All below a node down to so many levels is open, the node being the first level; what is deeper is folded.
    private struct Rule {
        var node: NodeID
        var depth: Int
        var number: Int
    }

    private var choices: [NodeID: Choice] = [:]
    private var rules: [Rule] = []
    private var count = 0
    /// From so many choices on, those of nodes that are gone are looked for.
    private var pruningCount = 4_096

    private static let mostRules = 64

    /// Whether a node is open; `nil`: nothing was said of it. O(1); where there are rules, O(depth · rules).
    func isOpen(_ node: NodeID, in tree: Replica) -> Bool? {
        let choice = choices[node]
        var isOpen = choice?.isOpen
        guard !rules.isEmpty, tree.contains(node) else { return isOpen }
        var newest = choice?.number ?? -1
        var level = 0
        var place: NodeID? = node
        while let here = place {
            for rule in rules where rule.number > newest && rule.node == here {
                newest = rule.number
                isOpen = level < rule.depth
            }
            level += 1
            place = tree.parent(of: here)
        }
        return isOpen
    }

    /// Opens or folds one node.
    mutating func set(_ node: NodeID, isOpen: Bool, in tree: Replica) {
        count += 1
        choices[node] = Choice(isOpen: isOpen, number: count)
        guard choices.count > pruningCount else { return }
        choices = choices.filter { tree.contains($0.key) }
        pruningCount = max(4_096, 2 * choices.count)
    }

    /// Opens `node` and all below it down to so many levels, and folds what lies deeper. O(1).
    mutating func open(_ node: NodeID, depth: Int, in tree: Replica) {
        count += 1
        if node == tree.root {
            choices = [:]
            rules = []
        }
        rules.removeAll { $0.node == node || !tree.contains($0.node) }
        if rules.count >= Folds.mostRules { rules.removeFirst() }
        rules.append(Rule(node: node, depth: depth, number: count))
    }

    /// The nodes that were opened one by one, in no order.
    var opened: some Sequence<NodeID> { choices.lazy.filter(\.value.isOpen).map(\.key) }
}
