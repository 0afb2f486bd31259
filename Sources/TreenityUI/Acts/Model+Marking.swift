import TreenityProtocol
import TreenityStore

extension Model {
    /// Marks the node under the cursor, or unmarks it, and goes on to the next row.
    mutating func mark() {
        guard let node = outline.node, tree.contains(node) else {
            notice = .warning("this node is gone; move on to another one")
            return
        }
        if let place = acts.marked.firstIndex(of: node) {
            acts.marked.remove(at: place)
            acts.anchor = nil
        } else {
            acts.marked.append(node)
            acts.anchor = node
        }
        outline.move(by: 1, in: tree)
        noteMarks()
    }

    /// Marks the rows from the last mark to the cursor; the cursor's own where there is no mark yet.
    mutating func markRange() {
        guard let node = outline.node, tree.contains(node) else {
            notice = .warning("this node is gone; move on to another one")
            return
        }
        let start =
            acts.anchor.flatMap { tree.contains($0) ? outline.foldedAncestor(of: $0, in: tree) ?? $0 : nil } ?? node
        guard let range = rows(between: start, and: node) else {
            notice = .warning("more than \(Human.grouped(Model.mostMarked)) rows: mark fewer at once")
            return
        }
        let known = Set(acts.marked)
        acts.marked += range.filter { !known.contains($0) }
        acts.anchor = node
        noteMarks()
    }

    /// The most rows that are marked at once.
    private static let mostMarked = 10_000

    private mutating func rows(between one: NodeID, and other: NodeID) -> [NodeID]? {
        let (first, last) = outline.precedes(other, one, in: tree) ? (other, one) : (one, other)
        var rows = [first]
        while let row = rows.last, row != last {
            guard rows.count < Model.mostMarked, let next = outline.afterProperties(of: row, in: tree)?.node else {
                return nil
            }
            rows.append(next)
        }
        return rows
    }

    private mutating func noteMarks() {
        let count = acts.marked.count
        notice =
            count == 0
            ? .information("nothing is marked")
            : .information("\(count) marked: dd x m i X yy y… are for all of them; V marks a range, Esc lets go")
    }

    // MARK: What is done to all of them

    /// Sets a property of all marked nodes to a value.
    ///
    /// - Returns: what is wrong.
    mutating func setMarked(_ name: Name, to value: JSONValue) -> String? {
        let patches = markedNodes.compactMap { node -> Patch? in
            let path = tree.path(of: node).appending(name)
            guard let old = tree.property(name, of: node)?.value else { return Patch(.add(value), path) }
            return old == value ? nil : Patch(.edit(value), path)
        }
        guard !patches.isEmpty else {
            acts.unmark()
            return nil
        }
        guard send(patches) else { return notice?.text ?? "nothing was done" }
        acts.unmark()
        return nil
    }

    /// Moves all marked nodes below a path.
    ///
    /// - Parameter isWarned: the user knows that nothing is there yet.
    /// - Returns: what is wrong.
    mutating func moveMarked(to text: String, isWarned: Bool) -> String? {
        do {
            let parent = try TreePath(parsing: text)
            if tree.item(at: parent) == nil, !isWarned { return "nothing is at \(parent); Enter once more creates it" }
            return move(targets, below: parent) ? nil : notice?.text ?? "nothing was done"
        } catch {
            return error.description
        }
    }

    /// Moves nodes and properties to where they keep their names. The cursor goes along with the first one.
    mutating func move(_ items: [Replica.Item], below parent: TreePath) -> Bool {
        let patches = items.compactMap { item -> Patch? in
            guard let source = path(of: item), let name = source.name, source.parent != parent else { return nil }
            return Patch(.move(to: parent.appending(name)), source)
        }
        guard !items.contains(.node(tree.root)) else {
            notice = .warning("the root cannot be moved")
            return false
        }
        guard !patches.isEmpty else {
            notice = .information("it is there already")
            return false
        }
        guard send(patches) else { return false }
        acts.unmark()
        if case .node(let node)? = items.first { outline.go(to: node, in: tree) }
        return true
    }
}
