/// What goes wrong on a way through a ``FaultProxy``.
public enum Fault: CaseIterable, Sendable {
    /// Nothing.
    case none
    /// The connection is closed, where it stands: in the middle of a frame, mostly.
    case cut
    /// The connection is reset.
    case reset
    /// The way is closed, the way back is not.
    case halfClose
    /// What comes is taken and goes nowhere.
    case swallow
    /// What comes arrives byte by byte.
    case crumble
    /// What comes arrives late.
    case delay
}
