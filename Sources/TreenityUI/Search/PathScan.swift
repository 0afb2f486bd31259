import TreenityProtocol
import TreenityStore

/// A search for the paths that letters fit best, a slice at a time: among all, or among the children of one node.
struct PathScan: Sendable {
    private enum Place {
        case slot(Int, FuzzyWords)
        /// The next child to look at; `nil`: all have been.
        case child(NodeID?, FuzzyPattern, parent: Parent)
    }

    private struct Parent {
        var node: NodeID
        var path: TreePath
        /// It was when the search began.
        var isLoaded: Bool
    }

    private var place: Place
    private(set) var isComplete = false
    /// The best so far, best first; of those that fit the same way, in natural order.
    private(set) var best: [(path: TreePath, score: Int)] = []

    private static let most = 50
    /// How many nodes are looked at in one slice: a few milliseconds.
    private static let slice = 2_000

    /// Among all paths.
    init(_ text: String) {
        place = .slot(0, FuzzyWords(text))
    }

    /// Among the children of a node.
    init(_ text: some StringProtocol, below node: NodeID, in tree: Replica) {
        let parent = Parent(node: node, path: tree.path(of: node), isLoaded: tree.isLoaded(node))
        place = .child(tree.firstChild(of: node), FuzzyPattern(text), parent: parent)
    }

    /// Whether the children that it looked for have come since.
    func isOutdated(in tree: Replica) -> Bool {
        guard case .child(_, _, let parent) = place, tree.contains(parent.node) else { return false }
        return !parent.isLoaded && tree.isLoaded(parent.node)
    }

    mutating func proceed(in tree: Replica) {
        guard !isComplete else { return }
        switch place {
        case .slot(let slot, let words): proceed(from: slot, words, in: tree)
        case .child(let child, let pattern, let parent): proceed(from: child, pattern, parent, in: tree)
        }
    }

    private mutating func proceed(from start: Int, _ words: FuzzyWords, in tree: Replica) {
        let end = min(start + PathScan.slice, tree.slotCount)
        for slot in start..<max(start, end) {
            guard let node = tree.node(inSlot: slot), node != tree.root else { continue }
            let path = tree.path(of: node)
            // The tree's own name is in all of them.
            guard let score = words.score(String(path.text.drop { $0 != "/" }.dropFirst())) else { continue }
            // Of paths that fit the same way, the one that ends there.
            add(path, score + (words.score(tree.name(of: node).text).map { $0 / 2 } ?? 0))
        }
        place = .slot(end, words)
        isComplete = end >= tree.slotCount
    }

    private mutating func proceed(
        from start: NodeID?, _ pattern: FuzzyPattern, _ parent: Parent, in tree: Replica
    ) {
        var next = start
        for _ in 0..<PathScan.slice {
            guard let child = next, tree.contains(child), tree.parent(of: child) == parent.node else { break }
            let name = tree.name(of: child)
            if let score = pattern.score(name.text) { add(parent.path.appending(name), score) }
            next = tree.nextSibling(of: child)
        }
        if let child = next, !tree.contains(child) || tree.parent(of: child) != parent.node {
            // It went away from under the search, which begins anew.
            next = tree.contains(parent.node) ? tree.firstChild(of: parent.node) : nil
            best = []
        }
        place = .child(next, pattern, parent: parent)
        isComplete = next == nil
    }

    private mutating func add(_ path: TreePath, _ score: Int) {
        func precedes(_ other: (path: TreePath, score: Int)) -> Bool {
            score != other.score ? score > other.score : NaturalOrder.precedes(path.text, other.path.text)
        }
        if best.count == PathScan.most, let worst = best.last, !precedes(worst) { return }
        best.insert((path, score), at: best.partitioningIndex(where: precedes))
        if best.count > PathScan.most { best.removeLast() }
    }
}
