internal import TreenityUI

/// A style in a terminal's own terms.
struct Rendition: Hashable {
    /// What the terminal adds to the text; never ``Style/Attributes/struck``, which ncurses cannot say.
    var attributes: Style.Attributes
    /// Numbers of colours; -1 is the terminal's default.
    var foreground = -1
    var background = -1
}
