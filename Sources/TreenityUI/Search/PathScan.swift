import TreenityProtocol
import TreenityStore

/// A search for the paths that letters fit best, a slice at a time.
struct PathScan: Sendable {
    private let words: FuzzyWords
    private var slot = 0
    private(set) var isComplete = false
    /// The best so far, best first.
    private(set) var best: [(path: TreePath, score: Int)] = []

    private static let most = 50
    /// How many nodes are looked at in one slice: a few milliseconds.
    private static let slice = 2_000

    init(_ text: String) {
        words = FuzzyWords(text)
    }

    mutating func proceed(in tree: Replica) {
        guard !isComplete else { return }
        let end = min(slot + PathScan.slice, tree.slotCount)
        while slot < end {
            if let node = tree.node(inSlot: slot), node != tree.root { look(at: node, in: tree) }
            slot += 1
        }
        isComplete = slot >= tree.slotCount
    }

    private mutating func look(at node: NodeID, in tree: Replica) {
        let path = tree.path(of: node)
        // The tree's own name is in all of them.
        let text = String(path.text.drop { $0 != "/" }.dropFirst())
        guard let score = words.score(text) else { return }
        // Of paths that fit the same way, the one that ends there.
        let total = score + (words.score(tree.name(of: node).text).map { $0 / 2 } ?? 0)
        if best.count == PathScan.most, let worst = best.last, worst.score >= total { return }
        best.insert((path, total), at: best.partitioningIndex { $0.score < total })
        if best.count > PathScan.most { best.removeLast() }
    }
}
