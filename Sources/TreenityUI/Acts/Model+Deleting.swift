import TreenityProtocol
import TreenityStore

extension Model {
    mutating func askToDelete() {
        let items = targets
        guard !items.contains(.node(tree.root)) else {
            notice = .warning("the root cannot be deleted")
            return
        }
        guard hasSettled(), !items.isEmpty else { return }
        let question = deletionQuestion(items)
        ask(question, .delete(items, said: question))
    }

    /// Deletes what the user agreed to, if it is still as much as the question said.
    mutating func delete(_ items: [Replica.Item], said question: String) -> [Effect] {
        let left = items.filter(tree.holds)
        guard !left.isEmpty else {
            notice = .warning("it is gone already")
            return []
        }
        let now = deletionQuestion(left)
        guard now == question else {
            ask("it has changed: \(now)", .delete(left, said: now))
            return []
        }
        let next = neighbour(of: left)
        guard send(left.compactMap(path).map { Patch(.delete, $0) }) else { return [] }
        acts.unmark()
        if let next, tree.contains(next) { outline.go(to: next, in: tree) }
        return flush()
    }

    private func deletionQuestion(_ items: [Replica.Item]) -> String {
        let extent = Extent(of: items, in: tree, room: maximumBytes)
        var question = "delete "
        if items.count == 1, let path = path(of: items[0]) {
            question += path.text
        } else {
            question += "\(items.count) marked nodes"
        }
        let it = items.count == 1 ? "it" : "them"
        let below = Human.counted(extent.nodesBelow, "node")
        if !extent.isWhole {
            question += " and all below \(it), more than \(below)"
        } else if extent.nodesBelow > 0 {
            question += " and the \(below) below \(it)"
        }
        return (extent.irrevocability.map { "\($0): " } ?? "") + question + "?"
    }

    /// How much a deletion would take away.
    private struct Extent {
        var nodesBelow = 0
        var isWhole = true
        /// What is left of a message that brings all of it back, in bytes; less than none: it has no room there.
        var room: Int

        /// O(number of nodes).
        init(of items: [Replica.Item], in tree: Replica, room: Int) {
            self.room = room
            for item in items {
                self.room -= Patch.envelopeBytes
                switch item {
                case .property(let node, let name):
                    self.room -= tree.property(name, of: node)?.value.text.utf8.count ?? 0
                case .node(let top):
                    nodesBelow -= 1
                    for node in tree.subtree(of: top) { add(node, in: tree) }
                }
            }
        }

        private mutating func add(_ node: NodeID, in tree: Replica) {
            nodesBelow += 1
            if !tree.isLoaded(node) { isWhole = false }
            if room >= 0 { room -= tree.approximateBytes(of: node) }
        }

        /// Why the deletion cannot be undone; `nil`: it can.
        var irrevocability: String? {
            if !isWhole { return "no undo, as parts are not loaded" }
            return room < 0 ? "no undo, as it is more than the server takes at once" : nil
        }
    }

    /// Where the cursor goes when the user deletes what it stands on.
    private mutating func neighbour(of items: [Replica.Item]) -> NodeID? {
        guard let cursor = outline.node, tree.contains(cursor) else { return nil }
        let gone = Set(
            items.compactMap { item -> NodeID? in
                if case .node(let node) = item { node } else { nil }
            })
        guard let top = ([cursor] + tree.ancestors(of: cursor)).last(where: gone.contains) else { return nil }
        for step in [1, -1] {
            var sibling = outline.sibling(of: top, by: step, in: tree)
            while let next = sibling, gone.contains(next) { sibling = outline.sibling(of: next, by: step, in: tree) }
            if let sibling { return sibling }
        }
        return tree.parent(of: top)
    }
}

extension Replica {
    /// About how many bytes a node takes as JSON, without what is below it.
    func approximateBytes(of node: NodeID) -> Int {
        properties(of: node).reduce(name(of: node).text.utf8.count + 6) {
            $0 + $1.name.text.utf8.count + $1.value.text.utf8.count + 4
        }
    }
}
