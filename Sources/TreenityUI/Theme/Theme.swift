/// How each kind of thing on the screen looks.
public struct Theme: Hashable, Sendable {
    /// Ordinary text, which also fills what nothing covers.
    public var text: Style
    /// What matters less: ages, counts, hints.
    public var faint: Style
    /// Lines between the panes, of the pane in use and of the others.
    public var focusedBorder, border: Style
    /// Titles of panes.
    public var title: Style
    /// The bars at the top and the bottom.
    public var bar, barStrong: Style
    /// Names of nodes and keys of properties.
    public var name, key: Style
    /// Values by kind.
    public var string, number, literal: Style
    /// Marks of changes.
    public var added, edited, moved, deleted, executed: Style
    /// States.
    public var good, warning, failure: Style
    /// The background under the cursor, in the pane in use and in the others.
    public var cursor, faintCursor: Color
    /// The background of the name under the cursor, where the name alone is marked, in the pane in use.
    public var marker: Color
    /// What was searched for.
    public var match: Style
    /// Whether the cursor's row is shown by exchanging colours, where there are no colours of its own for it.
    public var reversesCursor: Bool

    /// The look of a base16 scheme, by the meanings that its styling guide gives to the colours. Text that could hardly be
    /// read on its background is made lighter or darker until it can be.
    public init(_ scheme: Base16) {
        self.init(colors: scheme.colors, cursor: scheme.colors[2], faintCursor: scheme.colors[1])
    }

    private init(colors: [Color], cursor: Color, faintCursor: Color) {
        func style(_ foreground: Int, _ attributes: Style.Attributes = []) -> Style {
            on(0, foreground, attributes)
        }
        func on(_ background: Int, _ foreground: Int, _ attributes: Style.Attributes = []) -> Style {
            Style(
                foreground: colors[foreground].legible(on: colors[background]), background: colors[background],
                attributes: attributes)
        }
        text = style(5)
        faint = style(4)
        focusedBorder = style(0xD)
        border = style(3)
        title = style(0xD, .bold)
        bar = on(1, 5)
        barStrong = on(1, 6, .bold)
        name = style(5)
        key = style(0xC)
        string = style(5)
        number = style(9)
        literal = style(0xE)
        added = style(0xB, .bold)
        edited = style(0xA, .bold)
        moved = style(0xD, .bold)
        deleted = style(8, .bold)
        executed = style(0xE, .bold)
        good = style(0xB)
        warning = style(0xA)
        failure = style(8)
        match = on(0xA, 0)
        self.cursor = cursor
        marker = colors[0xD]
        self.faintCursor = faintCursor
        reversesCursor = false
    }

    /// The terminal's own sixteen colours on its own background: fits whatever the user has chosen there.
    public static let terminal = onTerminal([
        .ansi(1), .ansi(3), .ansi(3), .ansi(2), .ansi(6), .ansi(4), .ansi(5), .ansi(1),
    ])

    /// The terminal's own background, where that is light: most terminals' own yellow, green and cyan are too light on it.
    /// Of eight colours, these become red, blue, magenta and the text's own.
    public static let lightTerminal = onTerminal([
        .rgb(0xAF, 0, 0), .rgb(0, 0x50, 0xB0), .rgb(0x87, 0, 0x87), .rgb(0, 0x70, 0), .rgb(0, 0x58, 0x90),
        .rgb(0, 0x50, 0xB0), .rgb(0x5F, 0, 0x9F), .rgb(0xAF, 0, 0),
    ])

    /// - Parameter accents: the last eight colours of a scheme.
    private static func onTerminal(_ accents: [Color]) -> Theme {
        let own: [Color] = [
            .terminalDefault, .terminalDefault, .terminalDefault, .ansi(8), .ansi(7), .terminalDefault,
            .terminalDefault, .terminalDefault,
        ]
        var theme = Theme(colors: own + accents, cursor: .terminalDefault, faintCursor: .terminalDefault)
        theme.faint = Style(attributes: .dim)
        theme.bar = Style(attributes: .reverse)
        theme.barStrong = Style(attributes: [.reverse, .bold])
        theme.match = Style(attributes: [.reverse, .bold])
        theme.reversesCursor = true
        return theme
    }

    /// A style as it looks in the name under the cursor, where the name alone is marked: a small thing has to stand out.
    func onMarker(_ style: Style, isFocused: Bool) -> Style {
        guard isFocused, !reversesCursor else { return onCursor(style, isFocused: isFocused) }
        var style = style
        style.background = marker
        style.foreground = text.background.legible(on: marker)
        return style
    }

    /// A style as it looks on a bar.
    func onBar(_ style: Style) -> Style {
        // Exchanged with the background's, a colour would be behind text that it may hide.
        guard !bar.attributes.contains(.reverse) else {
            return Style(attributes: style.attributes.union(bar.attributes))
        }
        return Style(
            foreground: style.foreground.legible(on: bar.background), background: bar.background,
            attributes: style.attributes.union(bar.attributes))
    }

    /// A style as it looks in a list over the panes.
    func inList(_ style: Style, isChosen: Bool) -> Style {
        // Where the bar exchanges colours, as the cursor does, the choice would not show on it.
        isChosen ? onMarker(style, isFocused: true) : reversesCursor ? style : onBar(style)
    }

    /// A style as it looks in the row under the cursor.
    func onCursor(_ style: Style, isFocused: Bool) -> Style {
        var style = style
        if reversesCursor, isFocused {
            // As on a bar: one colour behind all of the row.
            style = Style(attributes: style.attributes.union(.reverse))
        } else if reversesCursor {
            style.attributes.insert(.underline)
        } else {
            style.background = isFocused ? cursor : faintCursor
            style.foreground = style.foreground.legible(on: style.background)
        }
        return style
    }
}
