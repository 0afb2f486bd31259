public import TreenityProtocol

/// What an undo or a redo would do now, before anything is sent.
public struct UndoPlan: Hashable, Sendable {
    /// What would be sent, all or nothing, in this order, without timestamps.
    public let patches: [Patch]
    /// How many nodes would come back.
    public let restoredNodes: Int
    /// How many nodes would go.
    public let removedNodes: Int
    /// What is not as the deed left it.
    public let disturbances: [Disturbance]

    /// Something that happened since to what the deed was about.
    public struct Disturbance: Hashable, Sendable {
        /// What happened.
        public enum Kind: Hashable, Sendable {
            /// It was written again, then and by that sender.
            case changed(Stamp)
            /// It is gone.
            case gone
            /// Something was put there, then and by that sender.
            case occupied(Stamp)
        }

        /// Where.
        public let path: TreePath
        /// What.
        public let kind: Kind

        /// What a user did oneself since, by undoing later deeds for one, disturbs nobody.
        func isBy(_ sender: String) -> Bool {
            switch kind {
            case .changed(let stamp), .occupied(let stamp): stamp.sender.utf8.elementsEqual(sender.utf8)
            case .gone: false
            }
        }
    }

    init(_ deed: Deed, in tree: Replica) {
        patches = deed.inverse
        restoredNodes = deed.restoredCount
        removedNodes = deed.inverse.reduce(0) { count, patch in
            guard case .delete = patch.operation, let node = tree.node(at: patch.path) else { return count }
            return count + tree.subtreeCount(of: node)
        }
        var disturbances: [Disturbance] = []
        var seen: Set<Disturbance> = []
        for mark in deed.marks {
            guard let found = tree.disturbance(of: mark), !found.isBy(deed.sender), seen.insert(found).inserted
            else { continue }
            disturbances.append(found)
        }
        self.disturbances = disturbances
    }
}

extension UndoPlan {
    /// A plan of these parts.
    init(patches: [Patch], restoredNodes: Int, removedNodes: Int, disturbances: [Disturbance]) {
        self.patches = patches
        self.restoredNodes = restoredNodes
        self.removedNodes = removedNodes
        self.disturbances = disturbances
    }
}

extension Replica {
    /// What happened since at the address of a mark.
    fileprivate func disturbance(of mark: DeedMark) -> UndoPlan.Disturbance? {
        let path = mark.path
        switch (mark.kind, item(at: path)) {
        case (.nothing, nil): return nil
        case (.nothing, .node(let node)): return UndoPlan.Disturbance(path: path, kind: .occupied(stamp(of: node)))
        case (.nothing, .property(let node, let name)), (.property, .property(let node, let name)):
            guard let property = property(name, of: node) else { return nil }
            let found = property.stamp
            if case .property(let own, let digest) = mark.kind {
                if found == own || found.isAnonymous && property.value.digest == digest { return nil }
            }
            let kind: UndoPlan.Disturbance.Kind = mark.kind == .nothing ? .occupied(found) : .changed(found)
            return UndoPlan.Disturbance(path: path, kind: kind)
        case (.added(let stamp), .node(let node)): return disturbance(within: node, since: stamp)
        case (.moved, .node): return nil
        case (.property, .node(let node)), (.added, .property(let node, _)), (.moved, .property(let node, _)):
            return UndoPlan.Disturbance(path: path, kind: .changed(stamp(of: node)))
        case (.property, nil), (.added, nil), (.moved, nil):
            return UndoPlan.Disturbance(path: path, kind: .gone)
        }
    }

    /// The newest thing in a node that was written later and by somebody else.
    func disturbance(within top: NodeID, since own: Stamp) -> UndoPlan.Disturbance? {
        var newest: (node: NodeID, stamp: Stamp)?
        for node in subtree(of: top) {
            let found = stamp(of: node)
            guard found.sender != own.sender, found > newest?.stamp ?? own else { continue }
            newest = (node, found)
        }
        return newest.map { UndoPlan.Disturbance(path: path(of: $0.node), kind: .changed($0.stamp)) }
    }
}

extension Stamp {
    /// Whether nobody knows whose it is, as with what a snapshot brought.
    fileprivate var isAnonymous: Bool { sender.isEmpty }
}
