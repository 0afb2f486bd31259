/// A colour as a theme names it; the terminal shows the nearest that it can.
public enum Color: Hashable, Sendable {
    /// What the terminal uses by itself.
    case terminalDefault
    /// One of the terminal's own sixteen: 0–7 black to white, 8–15 the bright ones.
    case ansi(UInt8)
    /// Red, green and blue.
    case rgb(UInt8, UInt8, UInt8)
}
