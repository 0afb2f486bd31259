import TreenityProtocol
import TreenityStore

/// What the outline's cursor stands on: never a row number, so that nothing that arrives can slip under it.
enum OutlineCursor: Hashable, Sendable {
    case node(NodeID)
    /// A property, where properties are rows of their own.
    case property(NodeID, Name)
    /// The place of a node that somebody removed, until the user moves on.
    case ghost(Ghost)

    /// The node that it stands on, or of which it stands on a property.
    var node: NodeID? {
        switch self {
        case .node(let node), .property(let node, _): node
        case .ghost: nil
        }
    }
}

/// What is left on the screen of a node that was removed under the cursor.
struct Ghost: Hashable, Sendable {
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
