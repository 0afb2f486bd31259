/// The names of two looks, of which the terminal's background chooses one.
public struct ThemePair: Equatable, Sendable {
    /// For light text on a dark background, and the other way round.
    public var dark, light: String

    /// The terminal's own background, and colours for it: what holds where nothing else is asked for.
    public static let terminal = ThemePair(dark: "terminal", light: "terminal-light")

    /// Two looks.
    public init(dark: String, light: String) {
        self.dark = dark
        self.light = light
    }

    /// The look for a background.
    public func name(on background: Color) -> String { background.isLight ? light : dark }

    /// The look for what `COLORFGBG` says of a terminal's background, as rxvt and its kin set it: `15;0`. Dark where it
    /// says nothing.
    public func name(foregroundAndBackground text: String?) -> String {
        guard let number = text?.split(separator: ";").last.flatMap({ Int($0) }) else { return dark }
        return number == 7 || (9...15).contains(number) ? light : dark
    }
}
