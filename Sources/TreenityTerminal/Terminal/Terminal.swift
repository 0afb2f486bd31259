internal import CNcurses
public import TreenityUI

/// The terminal of this process, as long as ``withTerminal(options:deliver:body:)`` runs.
///
/// The only door to ncurses. All of it happens on the main actor, on whose queue keys and signals arrive, too: nothing
/// can come between the parts of a drawing.
///
/// It is *held* (raw keyboard, alternate screen) or *away* (as it was before, for another program or the shell):
/// held → away on suspending, away → held on resuming, and away for good at the end.
@MainActor
public final class Terminal {
    /// The window's extent; ``TerminalEvent/resized(_:)`` tells of its changes.
    public internal(set) var size: Size
    /// Whether the locale, and so the terminal, has more than ASCII.
    public let isUTF8: Bool
    /// How many colours are shown.
    public let colorDepth: ColorDepth
    /// Why the program should end, once ``TerminalEvent/closed`` was delivered.
    public internal(set) var ending: TerminalEnding?

    let deliver: @MainActor ([TerminalEvent]) -> Void
    let input: TerminalInput
    let isInTmux, isInScreen: Bool
    var isHeld = false
    /// When the terminal was asked something.
    var asked: ContinuousClock.Instant?
    /// Whether clicks and the wheel come as ``TerminalEvent/mouse(_:)``; while they do, the terminal's own selection
    /// takes a key more, mostly Shift.
    public var reportsMouse = false { didSet { if isHeld, reportsMouse != oldValue { cn_report_mouse(reportsMouse) } } }
    private let palette: Palette
    private var shown: [Line] = []
    private var base = Style()

    /// The terminal that ncurses has opened.
    init(
        _ options: TerminalOptions, isUTF8: Bool, input: TerminalInput,
        deliver: @escaping @MainActor ([TerminalEvent]) -> Void
    ) {
        self.isUTF8 = isUTF8
        self.input = input
        self.deliver = deliver
        (isInTmux, isInScreen) = (options.isInTmux, options.isInScreen)
        var hasDefaults = false
        let colors = options.isMonochrome ? 0 : Int(cn_start_colors(&hasDefaults))
        palette = Palette(depth: ColorDepth(colors: colors), hasDefaults: hasDefaults)
        colorDepth = palette.depth
        size = Size(columns: Int(cn_columns()), rows: Int(cn_rows()))
    }

    // MARK: Drawing

    /// Shows a picture; what does not fit is cut off.
    ///
    /// Returns when all is written: a terminal that does not keep up slows its caller down.
    ///
    /// - Complexity: compares all lines with those shown, and draws the rows that differ.
    public func present(_ screen: Screen) {
        guard isHeld else { return }
        if screen.base != base {
            base = screen.base
            shown = []
        }
        let missing = repeatElement(Line(), count: max(0, size.rows - screen.lines.count))
        let lines = screen.lines.prefix(size.rows) + missing
        let drawing = RowDrawing(palette: palette, base: base)
        var drawn = 0
        for (row, line) in lines.enumerated() where row >= shown.count || shown[row] != line {
            drawing.draw(line, at: row)
            drawn += 1
        }
        shown = Array(lines)
        let cursor = screen.cursor.flatMap { contains($0) ? $0 : nil }
        // A single row cannot be seen half drawn.
        let isAtOnce = drawn > 1 && input.synchronizes == true
        cn_refresh(Int32(cursor?.row ?? -1), Int32(cursor?.column ?? 0), isAtOnce)
    }

    /// Clears the terminal and draws all again, whatever another program has left there.
    public func redraw() {
        guard isHeld else { return }
        cn_redraw()
    }

    private func contains(_ position: Screen.Position) -> Bool {
        (0..<size.rows).contains(position.row) && (0..<size.columns).contains(position.column)
    }

    /// Takes the size that the window has now; returns whether that is another.
    func takeSize() -> Bool {
        var rows: Int32 = 0
        var columns: Int32 = 0
        guard cn_ask_size(&rows, &columns) else { return false }
        let current = Size(columns: Int(columns), rows: Int(rows))
        guard current != size else { return false }
        cn_resize(rows, columns)
        size = current
        shown = []
        return true
    }
}
