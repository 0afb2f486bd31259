import TreenityProtocol

extension Replica {
    /// What would take back a change of any time, anybody's: what it was about is found where it is now.
    ///
    /// Parts of which nothing is left, or where something else is now, are left out, and listed as disturbances.
    ///
    /// - Parameters:
    ///   - change: made by this tree.
    ///   - first: the first of several changes of the same properties, of which `change` is the last: what was there before
    ///     all of them is brought back.
    /// - Returns: the patches, to be taken all or not at all; none where nothing can be done.
    /// - Complexity: O(size of what the change removed, and of what would go).
    public func plan(reverting change: Change, since first: Change? = nil) -> UndoPlan {
        var plan = Reversal(change)
        let originals = first?.effects ?? change.effects
        for (place, effect) in change.effects.enumerated().reversed() {
            var effect = effect
            if case .property(let last) = effect, originals.indices.contains(place),
                case .property(let original) = originals[place], original.node == last.node, original.name == last.name
            {
                effect = .property(
                    PropertyChange(
                        node: last.node, name: last.name, old: original.old, new: last.new, next: original.next))
            }
            plan.takeBack(effect, in: self)
        }
        return plan.result
    }
}

/// A plan in the making.
private struct Reversal {
    private let stamp: Stamp
    private let path: TreePath
    private let added: Set<NodeID>
    private var edits: [(node: TreePath, members: [JSONValue.Member])] = []
    private var patches: [Patch] = []
    private var restored = 0
    private var removed = 0
    private var disturbances: [UndoPlan.Disturbance] = []

    init(_ change: Change) {
        stamp = change.patch.stamp(receivedAt: change.newestBefore)
        path = change.patch.path
        added = change.addedNodes
    }

    var result: UndoPlan {
        let edits = edits.map { Patch(.edit(.object($0.members)), $0.node) }
        return UndoPlan(
            patches: edits + patches, restoredNodes: restored, removedNodes: removed, disturbances: disturbances)
    }

    mutating func takeBack(_ effect: Change.Effect, in tree: Replica) {
        switch effect {
        case .property(let change): takeBack(change, in: tree)
        case .added(let node): takeBack(added: node, in: tree)
        case .removed(let subtree): takeBack(subtree, in: tree)
        case .moved(let move): takeBack(move, in: tree)
        case .count: break
        }
    }

    private mutating func note(_ kind: UndoPlan.Disturbance.Kind, _ path: TreePath) {
        let disturbance = UndoPlan.Disturbance(path: path, kind: kind)
        if !disturbances.contains(disturbance) { disturbances.append(disturbance) }
    }

    private mutating func takeBack(_ change: PropertyChange, in tree: Replica) {
        guard tree.contains(change.node) else { return note(.gone, path) }
        let owner = tree.path(of: change.node)
        let path = owner.appending(change.name)
        let now = tree.property(change.name, of: change.node)
        if let node = tree.child(change.name, of: change.node) { return note(.occupied(tree.stamp(of: node)), path) }
        if let now, now.stamp != change.new?.stamp {
            note(change.new == nil ? .occupied(now.stamp) : .changed(now.stamp), path)
        }
        if now == nil, change.new != nil { note(.gone, path) }
        switch (change.old, now) {
        case (let old?, let now?) where old.value != now.value:
            let member = JSONValue.Member(key: change.name.text, value: old.value)
            if edits.last?.node == owner {
                edits[edits.count - 1].members.append(member)
            } else {
                edits.append((owner, [member]))
            }
        case (let old?, nil): patches.append(Patch(.add(old.value), path))
        case (nil, .some): patches.append(Patch(.delete, path))
        case (.some, .some), (nil, nil): break
        }
    }

    private mutating func takeBack(added node: NodeID, in tree: Replica) {
        guard tree.contains(node) else { return note(.gone, path) }
        guard let parent = tree.parent(of: node), !added.contains(parent) else { return }
        if let found = tree.disturbance(within: node, since: stamp), !disturbances.contains(found) {
            disturbances.append(found)
        }
        removed += tree.subtreeCount(of: node)
        patches.append(Patch(.delete, tree.path(of: node)))
    }

    private mutating func takeBack(_ subtree: RemovedSubtree, in tree: Replica) {
        guard tree.contains(subtree.parent), subtree.isWhole else { return note(.gone, path) }
        let path = tree.path(of: subtree.parent).appending(subtree.name)
        switch tree.item(at: path) {
        case .node(let node): note(.occupied(tree.stamp(of: node)), path)
        case .property(let node, let name): note(.occupied(tree.property(name, of: node)?.stamp ?? stamp), path)
        case nil:
            restored += subtree.count
            patches.append(Patch(.add(subtree.json(in: tree)), path))
        }
    }

    private mutating func takeBack(_ move: NodeMove, in tree: Replica) {
        guard tree.contains(move.node), tree.contains(move.oldParent) else { return note(.gone, path) }
        let (source, target) = (tree.path(of: move.node), tree.path(of: move.oldParent).appending(move.oldName))
        guard source != target else { return }
        switch tree.item(at: target) {
        case .node(let node): note(.occupied(tree.stamp(of: node)), target)
        case .property(let node, let name): note(.occupied(tree.property(name, of: node)?.stamp ?? stamp), target)
        case nil: patches.append(Patch(.move(to: target), source))
        }
    }
}
