import TreenityProtocol
import TreenityStore

/// What the outline's cursor stands on: never a row number, so that nothing that arrives can slip under it.
enum OutlineCursor: Equatable, Sendable {
    case node(NodeID)
    /// The place of a node that somebody removed, until the user moves on.
    case ghost(Ghost)

    var node: NodeID? {
        if case .node(let node) = self { node } else { nil }
    }
}

/// What is left on the screen of a node that was removed under the cursor.
struct Ghost: Equatable, Sendable {
    /// Its name.
    var name: Name
    /// Who removed it; empty where that is not known.
    var remover: String
    /// The name of what was removed: its own, or that of a node above it.
    var removed: Name
    /// What that was under.
    var parent: NodeID
    /// The sibling that had come after it.
    var next: NodeID?
}
