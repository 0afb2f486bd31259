/// What comes from the terminal.
public enum TerminalEvent: Equatable, Sendable {
    /// A key was pressed.
    case key(Key)
    /// Text was pasted, between the brackets that the terminal puts around it.
    case pasted(String)
    /// Something was done with the mouse.
    case mouse(Mouse)
    /// The terminal said which colour its background has.
    case background(Color)
    /// The window has this size now.
    case resized(Size)
    /// The program runs again after a suspension, or asks for a fresh drawing of all.
    case resumed
    /// The terminal went away.
    case closed
}
