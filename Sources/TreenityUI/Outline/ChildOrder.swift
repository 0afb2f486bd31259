import TreenityProtocol
import TreenityStore

/// In which order the children of a node are shown.
public enum ChildOrder: String, Hashable, Sendable, CaseIterable {
    /// As a person looks for them: 9 before 10.
    case natural
    /// As they came.
    case received
    /// The one that was changed last first.
    case recent

    /// Whether `one` is shown before its sibling `other`; not for ``received``, which the tree itself knows.
    func precedes(_ one: NodeID, _ other: NodeID, in tree: Replica) -> Bool {
        if self == .recent {
            let (first, second) = (tree.stamp(of: one).timestamp, tree.stamp(of: other).timestamp)
            if first != second { return first > second }
        }
        return NaturalOrder.precedes(tree.name(of: one).text, tree.name(of: other).text)
    }
}
