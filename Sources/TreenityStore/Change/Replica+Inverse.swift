public import TreenityProtocol

extension Replica {
    /// The patches that undo a change as any client could send them, to be taken all or not at all, in this order.
    ///
    /// They restore names, values and places in the tree; the stamps become those of the undoing. Without timestamps.
    /// There are none where nodes were removed whose children were not loaded (``RemovedSubtree/isWhole``).
    ///
    /// - Precondition: the change is the latest one of this tree, so that its nodes are where it left them.
    /// - Complexity: O(size of what the change removed, and of what it touched).
    public func inverse(of change: Change) -> [Patch] {
        guard change.removesWholeSubtrees else { return [] }
        // No step of a patch changes the address of what an earlier step of it changed, so that no step back is needed.
        let added = change.addedNodes
        var patches: [Patch] = []
        var edited: [(node: NodeID, members: [JSONValue.Member])] = []
        var effects = change.effects[...]
        if let move = change.movedProperty {
            let target = path(of: move.target.node).appending(move.target.name)
            let source = path(of: move.source.node).appending(move.source.name)
            patches.append(Patch(.move(to: source), target))
            effects = effects.dropLast(2)
        }
        for effect in effects.reversed() {
            if case .property(let property) = effect, let old = property.old, property.new != nil {
                let member = JSONValue.Member(key: property.name.text, value: old.value)
                if edited.last?.node == property.node {
                    edited[edited.count - 1].members.append(member)
                } else {
                    edited.append((property.node, [member]))
                }
            } else if let patch = inverse(of: effect, adding: added) {
                patches.append(patch)
            }
        }
        let edits = edited.map { Patch(.edit(.object($0.members)), path(of: $0.node)) }
        return edits + patches
    }

    private func inverse(of effect: Change.Effect, adding added: Set<NodeID>) -> Patch? {
        switch effect {
        case .property(let change):
            let path = path(of: change.node).appending(change.name)
            return change.old.map { Patch(.add($0.value), path) } ?? Patch(.delete, path)
        case .added(let node):
            // Deleting the topmost of the nodes that came takes the others along.
            guard let parent = parent(of: node), !added.contains(parent) else { return nil }
            return Patch(.delete, path(of: node))
        case .removed(let subtree):
            return Patch(.add(json(of: subtree)), path(of: subtree.parent).appending(subtree.name))
        case .moved(let move):
            return Patch(.move(to: path(of: move.oldParent).appending(move.oldName)), path(of: move.node))
        case .count: return nil
        }
    }
}

extension Change {
    /// The property that was moved, where it was and where it is: the last two effects; `nil` where none was.
    fileprivate var movedProperty: (source: PropertyChange, target: PropertyChange)? {
        guard case .move = patch.operation, case .property(let target)? = effects.last,
            case .property(let source)? = effects.dropLast().last
        else { return nil }
        return (source, target)
    }

    fileprivate var removesWholeSubtrees: Bool {
        effects.allSatisfy { effect in
            if case .removed(let subtree) = effect { subtree.isWhole } else { true }
        }
    }

    /// The nodes that came into being.
    var addedNodes: Set<NodeID> {
        effects.reduce(into: []) { nodes, effect in
            if case .added(let node) = effect { nodes.insert(node) }
        }
    }
}
