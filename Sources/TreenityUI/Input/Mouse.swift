/// What was done with the mouse, and over which cell.
public struct Mouse: Hashable, Sendable {
    /// What was done.
    public enum Action: Hashable, Sendable {
        /// The main button went down.
        case press
        /// The wheel was turned by a notch, towards what comes before and after.
        case wheelUp, wheelDown
    }

    /// What was done.
    public var action: Action
    /// Where.
    public var position: Screen.Position

    /// An action over a cell.
    public init(_ action: Action, at position: Screen.Position) {
        self.action = action
        self.position = position
    }
}
