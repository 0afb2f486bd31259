public import TreenityProtocol

extension History {
    /// One remembered change.
    public struct Entry: Sendable {
        /// The state to which the change led.
        public let position: Position
        /// What was applied, and what it did: also what it replaced and removed.
        public let change: Change
        /// When it came, by the receiver's clock.
        public let received: Timestamp
    }
}

extension Change {
    /// Whether a node came, went, was moved by itself, or had a property changed. O(effects and removed nodes).
    public func concerns(_ node: NodeID) -> Bool {
        effects.contains { effect in
            switch effect {
            case .property(let change): change.node == node
            case .added(let added): added == node
            case .moved(let move): move.node == node
            case .removed(let subtree):
                subtree.nodes.contains { $0.slot == node.slot && $0.record.generation == node.generation }
            case .count: false
            }
        }
    }

    /// Whether a node came into being. O(effects).
    func brings(_ node: NodeID) -> Bool {
        effects.contains { effect in
            if case .added(node) = effect { true } else { false }
        }
    }
}
