import TreenityProtocol
import TreenityStore

extension Model {
    // MARK: Cutting and copying

    mutating func cut() {
        let items = targets
        guard !items.contains(.node(tree.root)) else {
            notice = .warning("the root cannot be moved")
            return
        }
        guard hasSettled(), !items.isEmpty else { return }
        acts.unmark()
        acts.register = .cut(items)
        let what = items.count == 1 ? path(of: items[0])?.text ?? "it" : "\(items.count) nodes"
        notice = .information("cut \(what): p pastes below the cursor, P beside it, Esc lets go")
    }

    /// Copies what the commands are for, with all that is below, into the register and the terminal's clipboard.
    mutating func copySubtrees() -> [Effect] {
        guard let items = readableTargets() else { return [] }
        let clipping = Clipping(
            items.compactMap { item in
                guard let path = path(of: item), let value = tree.json(at: path) else { return nil }
                return Clipping.Item(name: path.name ?? "tree", value: value)
            })
        acts.unmark()
        acts.register = .copied(clipping)
        let text = clipping.items.count == 1 ? clipping.items[0].value.text : clipping.object.text
        return [.state(.keepRegister(clipping))] + copy(text, of: "\(clipping.title) for p and P")
    }

    /// What the commands are for, if all of it is here and it is not too much; otherwise the user is told.
    mutating func readableTargets() -> [Replica.Item]? {
        let items = targets
        guard !items.isEmpty else {
            notice = .warning("this node is gone; move on to another one")
            return nil
        }
        var room = Clipping.maximumBytes
        for case .node(let top) in items {
            for node in tree.subtree(of: top) {
                guard tree.isLoaded(node) else {
                    notice = .warning("\(tree.path(of: node)) is not loaded: unfold it first")
                    return nil
                }
                room -= tree.approximateBytes(of: node)
                guard room >= 0 else {
                    notice = .warning("that is more than \(Clipping.maximumBytes >> 20) MiB: copy smaller parts")
                    return nil
                }
            }
        }
        return items
    }

    // MARK: Pasting

    mutating func paste(into parent: NodeID) -> [Effect] {
        guard hasSettled() else { return [] }
        guard case .cut(let items) = acts.register else {
            // Another client of this user may have copied something since.
            acts.awaitedPaste = parent
            return [.state(.readRegister)]
        }
        guard move(items, below: tree.path(of: parent)) else { return [] }
        acts.register = .empty
        return flush()
    }

    /// What was copied last is known, and is added where the user wanted it.
    mutating func registerRead(_ clipping: Clipping?) -> [Effect] {
        if let clipping, !acts.register.isCut { acts.register = .copied(clipping) }
        guard let parent = acts.awaitedPaste else { return [] }
        acts.awaitedPaste = nil
        guard case .copied(let clipping) = acts.register else {
            notice = .information("nothing is cut or copied; x cuts, yy copies")
            return []
        }
        guard tree.contains(parent) else {
            notice = .warning("the node is gone")
            return []
        }
        return add(clipping, below: parent)
    }

    private mutating func add(_ clipping: Clipping, below parent: NodeID) -> [Effect] {
        let path = tree.path(of: parent)
        var taken: Set<Name> = []
        var patches: [Patch] = []
        for item in clipping.items {
            guard let name = freeName(like: item.name, below: path, taken) else { continue }
            taken.insert(name)
            patches.append(Patch(.add(item.value), path.appending(name)))
        }
        guard send(patches), let first = patches.first?.path else { return [] }
        if let node = tree.node(at: first) {
            outline.go(to: node, in: tree)
        } else {
            chosenProperty = first.name
        }
        let count = patches.count == 1 ? "\(first)" : "\(patches.count) nodes below \(path)"
        notice = .information("pasted as \(count): r renames, u takes it back")
        return flush()
    }

    /// The name, or, where it is taken, the name with a number: `101-2`.
    private func freeName(like name: Name, below path: TreePath, _ taken: Set<Name>) -> Name? {
        var candidate = name
        var number = 1
        while taken.contains(candidate) || tree.item(at: path.appending(candidate)) != nil {
            number += 1
            guard let next = name.numbered(number) else { return nil }
            candidate = next
        }
        return candidate
    }
}

extension Clipping {
    /// All items as one object.
    var object: JSONValue { .object(items.map { JSONValue.Member(key: $0.name.text, value: $0.value) }) }

    /// For a person.
    var title: String { items.count == 1 ? items[0].name.text : "\(items.count) nodes" }
}

extension Name {
    /// The name with a number behind it, instead of the one that is there: `101-2`, `101-3`. Cut where it is too long.
    fileprivate func numbered(_ number: Int) -> Name? {
        var stem = Substring(text)
        if let dash = stem.lastIndex(of: "-"), dash != stem.startIndex, let old = Int(stem[stem.index(after: dash)...]),
            old > 1, old < number + 1_000
        {
            stem = stem[..<dash]
        }
        let suffix = "-\(number)"
        while stem.utf8.count + suffix.utf8.count > Name.maximumBytes { stem = stem.dropLast() }
        return try? Name(stem + suffix)
    }
}
