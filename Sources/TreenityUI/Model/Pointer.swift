import TreenityProtocol
import TreenityStore

/// What the mouse did last, so that a second click can be told from a first one: by what was under it, not by where that
/// was.
struct Pointer: Sendable {
    /// What can be clicked at.
    enum Target: Equatable {
        case node(NodeID)
        case property(NodeID, Name)
        case patch(number: Int)

        /// What a row of the outline is about; `nil`: a ghost.
        init?(_ content: OutlineCursor) {
            switch content {
            case .node(let node): self = .node(node)
            case .property(let node, let name): self = .property(node, name)
            case .ghost: return nil
            }
        }
    }

    private var target: Target?
    private var time = Timestamp(milliseconds: 0)

    /// Two clicks at the same thing within so many milliseconds are one double click.
    private static let patience: Int64 = 400

    /// Takes in a click; says whether it is the second one of two.
    mutating func click(_ target: Target?, at now: Timestamp) -> Bool {
        let isSecond =
            target != nil && target == self.target && now.milliseconds - time.milliseconds <= Pointer.patience
        // The third click is a first one again.
        self.target = isSecond ? nil : target
        time = now
        return isSecond
    }
}
