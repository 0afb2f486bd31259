/// The identity of a node within one replica: it stays with the node through edits and moves, and is never given to
/// another while the replica lives.
public struct NodeID: Hashable, Sendable {
    let slot: Int32
    let generation: UInt32
}

extension NodeID {
    /// The identity of a node that is in the tree no more, told apart by a number from all that are or will be.
    package static func gone(_ number: Int) -> NodeID {
        NodeID(slot: Int32(clamping: -2 - number), generation: 0)
    }
}
