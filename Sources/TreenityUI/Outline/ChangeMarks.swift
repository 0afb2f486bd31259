import TreenityProtocol
import TreenityStore

/// Which nodes changed lately, and how much changed below those that are folded.
struct ChangeMarks: Sendable {
    /// What happened to a node.
    enum Kind: Sendable {
        case added, edited, moved, executed
    }

    private struct Fading: Sendable {
        var node: NodeID
        var at: Timestamp
    }

    struct Mark: Sendable {
        var kind: Kind
        var at: Timestamp
    }

    /// What happened below a folded node since it was folded or looked at.
    struct Counts: Equatable, Sendable {
        var added = 0
        var edited = 0
        var removed = 0
        var isEmpty: Bool { added == 0 && edited == 0 && removed == 0 }
    }

    /// How long a mark is shown, in milliseconds.
    static let lifetime: Int64 = 10_000
    private static let maximumUnseen = 1_000

    private(set) var marks: [NodeID: Mark] = [:]
    /// Every mark that was made and has not faded, oldest first, so that none is looked for.
    private var fading = Window<Fading>()
    private(set) var counts: [NodeID: Counts] = [:]
    /// Nodes that changed and that nobody went to yet, oldest first.
    private(set) var unseen: [NodeID] = []

    mutating func note(_ kind: Kind, _ node: NodeID, at now: Timestamp, in tree: Replica, _ outline: Outline) {
        guard tree.contains(node) else { return }
        if let mark = marks[node], mark.kind == .added, kind == .edited, now.milliseconds - mark.at.milliseconds < 1_000
        {
            return
        }
        marks[node] = Mark(kind: kind, at: now)
        fading.append(Fading(node: node, at: now))
        if unseen.last != node {
            unseen.append(node)
            if unseen.count > 2 * ChangeMarks.maximumUnseen { unseen.removeFirst(ChangeMarks.maximumUnseen) }
        }
        guard let parent = tree.parent(of: node) else { return }
        roll(up: parent, in: tree, outline) { counts in
            switch kind {
            case .added: counts.added += 1
            case .edited, .moved, .executed: counts.edited += 1
            }
        }
    }

    mutating func noteRemoval(of count: Int, under parent: NodeID, in tree: Replica, _ outline: Outline) {
        guard tree.contains(parent) else { return }
        roll(up: parent, in: tree, outline) { $0.removed += count }
    }

    private mutating func roll(
        up node: NodeID, in tree: Replica, _ outline: Outline, _ count: (inout Counts) -> Void
    ) {
        if !outline.isOpen(node, in: tree) { count(&counts[node, default: Counts()]) }
        for ancestor in tree.ancestors(of: node) where !outline.isOpen(ancestor, in: tree) {
            count(&counts[ancestor, default: Counts()])
        }
    }

    /// The user looked into a node.
    mutating func seen(_ node: NodeID) { counts[node] = nil }

    /// The user looked into all nodes of which this holds.
    mutating func seen(where isSeen: (NodeID) -> Bool) { counts = counts.filter { !isSeen($0.key) } }

    mutating func allSeen() {
        counts = [:]
        marks = [:]
        fading = Window()
        unseen = []
    }

    /// The next node to look at among those that changed, or the one before; it counts as seen then.
    mutating func next(
        after node: NodeID?, forward: Bool, in tree: Replica, where isWanted: (NodeID) -> Bool
    ) -> NodeID? {
        unseen.removeAll { !tree.contains($0) }
        let step = forward ? 1 : -1
        var place = node.flatMap(unseen.lastIndex(of:)) ?? (forward ? -1 : unseen.count)
        for _ in unseen.indices {
            place = (place + step + unseen.count) % unseen.count
            if isWanted(unseen[place]) { return unseen[place] }
        }
        return nil
    }

    /// Forgets the marks that have faded. `true` where one did. Amortized O(1) a mark.
    mutating func expire(at now: Timestamp) -> Bool {
        let before = marks.count
        while let oldest = fading.first, now.milliseconds - oldest.at.milliseconds >= ChangeMarks.lifetime {
            fading.removeFirst()
            // It may have been marked anew.
            if marks[oldest.node]?.at == oldest.at { marks[oldest.node] = nil }
        }
        return marks.count != before
    }
}
