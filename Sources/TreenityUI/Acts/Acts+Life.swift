import TreenityProtocol
import TreenityStore

extension Acts {
    /// A session under this epoch began. What was done to another tree cannot be undone in this one.
    mutating func sessionBegan(epoch: String?, before: String?) {
        if before != nil, before != epoch { undo = UndoStack() }
        guard let earlier = earlierUndo, let epoch else { return }
        earlierUndo = nil
        if earlier.epoch == epoch, undo == UndoStack() { undo = earlier.stack }
    }

    /// Takes up what an earlier run left.
    mutating func restore(_ edits: [RestoredEdit], _ refused: [RestoredRefusal]) {
        restored = Set(edits.flatMap { [$0.id] + $0.patches.compactMap(\.id) })
        self.refused = refused.map { RefusedAct(edit: $0.edit, refusal: $0.refusal) }
    }

    /// Forgets marks and cuts of what is gone. O(number of marks).
    mutating func forgetLost(in tree: Replica) {
        if marked.contains(where: { !tree.contains($0) }) { marked.removeAll { !tree.contains($0) } }
        if let anchor, !tree.contains(anchor) { self.anchor = nil }
        guard case .cut(let items) = register else { return }
        let left = items.filter(tree.holds)
        if left.count < items.count { register = left.isEmpty ? .empty : .cut(left) }
    }

    /// Unmarks everything, and forgets what was cut.
    mutating func letGo() {
        unmark()
        if register.isCut { register = .empty }
    }

    mutating func unmark() {
        marked = []
        anchor = nil
    }

    func isCut(_ node: NodeID) -> Bool {
        if case .cut(let items) = register { items.contains(.node(node)) } else { false }
    }
}

extension Register {
    var isCut: Bool {
        if case .cut = self { true } else { false }
    }

    var isEmpty: Bool {
        if case .empty = self { true } else { false }
    }
}

extension Replica {
    /// Whether the node or property is there.
    func holds(_ item: Item) -> Bool {
        switch item {
        case .node(let node): contains(node)
        case .property(let node, let name): contains(node) && property(name, of: node) != nil
        }
    }
}

extension PendingEdit {
    /// The effect that sends it once more.
    var sentAgain: NetworkEffect {
        isBatch ? .sendBatchAgain(id: id, patches.map(\.patch)) : .sendAgain(patches[0].patch)
    }
}
