import TreenityProtocol
import TreenityStore

/// A property, wherever its node is.
struct PropertyKey: Hashable, Sendable {
    let node: NodeID
    let name: Name
}

extension PropertyChange {
    var key: PropertyKey { PropertyKey(node: node, name: name) }
}
