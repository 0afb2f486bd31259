import TreenityProtocol

/// Nodes that are doubtful, and have to be asked for: asked → answered, and where that has not helped, asked again.
struct Doubts: Sendable {
    private var open: Set<NodeID> = []
    /// By the path whose snapshot is the last of the answers.
    private var asked: [TreePath: Set<NodeID>] = [:]
    private var unanswered: Set<NodeID> = []

    init(_ nodes: [NodeID] = []) {
        open = Set(nodes)
    }

    /// Whether there is nothing to ask for.
    var isSettled: Bool { open.isEmpty }

    /// They became doubtful. What was asked for before will be answered with what has happened up to then.
    mutating func note(_ nodes: [NodeID]) {
        for node in nodes where !unanswered.contains(node) { open.insert(node) }
    }

    /// What to ask for now: what may be a property before its parent, so that the answers come in this order too.
    mutating func ask(in tree: Replica) -> [TreePath] {
        var paths: Set<TreePath> = []
        for node in open where tree.contains(node) && tree.isDoubtful(node) {
            let inquiries = tree.inquiries(about: node)
            paths.formUnion(inquiries)
            if let last = inquiries.last { asked[last, default: []].insert(node) }
            unanswered.insert(node)
        }
        open = []
        return paths.sorted(by: >)
    }

    /// A snapshot of a path has come; nodes that were meant by it may have gone elsewhere meanwhile.
    mutating func answered(_ path: TreePath) {
        guard let nodes = asked.removeValue(forKey: path) else { return }
        unanswered.subtract(nodes)
        open.formUnion(nodes)
    }
}
