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
        var drawn = 0
        for (row, line) in lines.enumerated() where row >= shown.count || shown[row] != line {
            draw(line, at: row)
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

    private func draw(_ line: Line, at row: Int) {
        cn_row_begin()
        for span in line.spans {
            var text = span.text
            let controls = text.withUTF8 { add($0, span.style) }
            assert(controls == 0, "controls in a line: \(line.text.debugDescription)")
        }
        let (attributes, pair) = code(of: base)
        cn_row_end(Int32(row), attributes, pair)
    }

    /// Adds text to the row. Longer blanks at its ends have the screen's own colour and strength, which nobody can see of
    /// them: so they are like those that stand there already, and need not be written.
    private func add(_ text: UnsafeBufferPointer<UInt8>, _ style: Style) -> Int {
        var plain = style
        if style.attributes.isDisjoint(with: [.reverse, .underline]) {
            (plain.foreground, plain.attributes) = (base.foreground, [])
        }
        let last = text.lastIndex { $0 != 0x20 } ?? -1
        let first = text.firstIndex { $0 != 0x20 } ?? text.count
        let start = first < Terminal.longBlank && last >= 0 ? 0 : first
        let end = text.count - 1 - last < Terminal.longBlank ? text.count : max(start, last + 1)
        return add(text[..<start], code(of: plain)) + add(text[start..<end], code(of: style))
            + add(text[end...], code(of: plain))
    }

    /// From so many on, to change the style twice takes less than the blanks.
    private static let longBlank = 4

    private func add(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ code: (attributes: UInt32, pair: Int32)) -> Int {
        guard !text.isEmpty else { return 0 }
        let bytes = UnsafeBufferPointer(rebasing: text)
        return cn_row_add(bytes.baseAddress, bytes.count, code.attributes, code.pair)
    }

    private func contains(_ position: Screen.Position) -> Bool {
        (0..<size.rows).contains(position.row) && (0..<size.columns).contains(position.column)
    }

    /// A style as the drawing functions take it.
    private func code(of style: Style) -> (attributes: UInt32, pair: Int32) {
        let rendition = palette.rendition(of: style, on: base)
        let pair = palette.depth == .monochrome ? 0 : cn_pair(Int32(rendition.foreground), Int32(rendition.background))
        return (Terminal.codes.reduce(0) { $0 | (rendition.attributes.contains($1.0) ? $1.1.rawValue : 0) }, pair)
    }

    private static let codes: [(Style.Attributes, cn_attribute)] = [
        (.bold, CN_BOLD), (.dim, CN_DIM), (.italic, CN_ITALIC), (.underline, CN_UNDERLINE), (.reverse, CN_REVERSE),
    ]

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
