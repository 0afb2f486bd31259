/// The identity of a node within one replica: it stays with the node through edits and moves, and is never given to
/// another while the replica lives.
public struct NodeID: Hashable, Sendable {
    let slot: Int32
    let generation: UInt32
}
