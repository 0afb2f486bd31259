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

    /// Says of a node what was said of it before.
    mutating func set(_ node: NodeID, _ state: KeptFold.State, in tree: Replica) {
        switch state {
        case .open: set(node, isOpen: true, in: tree)
        case .folded: set(node, isOpen: false, in: tree)
        case .depth(let depth): open(node, depth: depth, in: tree)
        }
    }

    /// What was said of nodes and still holds, in that order; the latest of it where there is more than fits.
    func kept(most: Int, in tree: Replica) -> [KeptFold] {
        var said = rules.filter { tree.contains($0.node) }.map { ($0.number, $0.node, KeptFold.State.depth($0.depth)) }
        let holding = choices.filter { tree.contains($0.key) && isOpen($0.key, in: tree) == $0.value.isOpen }
        let latest = holding.sorted { $0.value.number > $1.value.number }.prefix(max(0, most - said.count))
        said += latest.map { ($0.value.number, $0.key, $0.value.isOpen ? .open : .folded) }
        return said.sorted { $0.0 < $1.0 }.map { KeptFold(tree.path(of: $0.1), $0.2) }
    }
}
