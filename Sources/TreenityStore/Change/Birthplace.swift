import TreenityProtocol

/// Where a patch creates a node, as seen from the address that it brings something to: so many levels above its end, or
/// some way below it.
///
/// By this a node is known again when its patch is applied once more, to a tree in which others have created part of
/// the nodes, or after the server has carried the patch over to another address.
struct Birthplace: Hashable, Sendable {
    let levelsAbove: Int
    let wayBelow: [Name]

    /// - Parameter way: the names that lead from the root to the node.
    init(_ way: [Name], destinationDepth: Int) {
        levelsAbove = max(0, destinationDepth - way.count)
        wayBelow = Array(way.dropFirst(destinationDepth))
    }
}

extension Patch {
    /// The address that the patch brings something to.
    var destination: TreePath {
        switch operation {
        case .move(let target): target
        case .add, .edit, .delete, .execute: path
        }
    }
}

extension Replica {
    /// The identities of the nodes that a change added, by where they came into being.
    ///
    /// - Precondition: the change is the latest one.
    func births(of change: Change) -> [Birthplace: NodeID] {
        let depth = change.patch.destination.depth
        return change.effects.reduce(into: [:]) { births, effect in
            guard case .added(let node) = effect else { return }
            births[Birthplace(way(to: node.slot), destinationDepth: depth)] = node
        }
    }

    /// Gives up identities that were reserved: their slots are free for others.
    mutating func release(_ reserved: [Birthplace: NodeID]) {
        freeSlots += reserved.values.map(\.slot)
    }
}
