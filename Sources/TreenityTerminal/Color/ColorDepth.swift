/// How many colours a terminal shows.
public enum ColorDepth: Hashable, Sendable {
    /// None, by its nature or by the user's wish: attributes only.
    case monochrome
    /// The first eight of ANSI.
    case eight
    /// ANSI's eight, and eight bright ones.
    case sixteen
    /// xterm's sixteen, a cube of 6 × 6 × 6 and 24 greys.
    case palette256
    /// All of red, green and blue.
    case rgb

    /// The depth of a terminal whose description says that it has so many colours.
    init(colors: Int) {
        switch colors {
        case ..<8: self = .monochrome
        case ..<16: self = .eight
        case ..<256: self = .sixteen
        case 256: self = .palette256
        default: self = .rgb
        }
    }
}
