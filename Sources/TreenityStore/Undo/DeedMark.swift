import TreenityProtocol

/// What one step of a deed left at an address.
struct DeedMark: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// A property with this stamp, whose value has this digest: a snapshot tells nothing of the stamps of properties.
        case property(Stamp, digest: UInt64)
        /// A node of which all bears this stamp.
        case added(Stamp)
        /// A node that was moved here.
        case moved
        /// Nothing.
        case nothing
    }

    private(set) var address: DeedAddress
    let kind: Kind

    var path: TreePath { address.path }

    /// What an effect left; nothing where a later one of the same deed has covered it.
    static func left(by effect: Change.Effect, of change: Change, restored: Set<TreePath>, in tree: Replica)
        -> [DeedMark]
    {
        switch effect {
        case .property(let property):
            guard let new = property.new else { return gap(below: property.node, property.name, restored, in: tree) }
            guard tree.contains(property.node) else { return [] }
            let path = tree.path(of: property.node).appending(property.name)
            return [DeedMark(address: DeedAddress(path), kind: .property(new.stamp, digest: new.value.digest))]
        case .added(let node):
            guard tree.contains(node) else { return [] }
            let stamp = change.patch.stamp(receivedAt: tree.newest)
            return [DeedMark(address: DeedAddress(tree.path(of: node)), kind: .added(stamp))]
        case .moved(let move):
            guard tree.contains(move.node) else { return [] }
            let moved = DeedMark(address: DeedAddress(tree.path(of: move.node)), kind: .moved)
            return [moved] + gap(below: move.oldParent, move.oldName, restored, in: tree)
        case .removed(let subtree):
            return gap(below: subtree.parent, subtree.name, restored, in: tree)
        case .count: return []
        }
    }

    private static func gap(below parent: NodeID, _ name: Name, _ restored: Set<TreePath>, in tree: Replica)
        -> [DeedMark]
    {
        guard tree.contains(parent) else { return [] }
        let path = tree.path(of: parent).appending(name)
        return tree.item(at: path) == nil
            ? [DeedMark(address: DeedAddress(gap: path, restored: restored), kind: .nothing)] : []
    }

    func passing(_ passages: Passages, from number: Int) -> DeedMark {
        var mark = self
        mark.address = passages.carry(address, from: number)
        return mark
    }
}

extension JSONValue {
    /// FNV-1a of 64 bits over the text: the same in every run, unlike `Hasher`.
    var digest: UInt64 { text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
}
