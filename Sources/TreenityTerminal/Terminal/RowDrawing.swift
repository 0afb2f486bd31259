internal import CNcurses
internal import TreenityUI

/// Puts lines on the screen of ncurses.
///
/// It belongs to no actor, as the terminal does: a closure of one is asked at each call whether it is in its place.
struct RowDrawing {
    let palette: Palette
    /// The style of the screen.
    let base: Style

    /// Draws a line over what a row shows, up to its end.
    func draw(_ line: Line, at row: Int) {
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
        let start = first < RowDrawing.longBlank && last >= 0 ? 0 : first
        let end = text.count - 1 - last < RowDrawing.longBlank ? text.count : max(start, last + 1)
        return put(text[..<start], plain) + put(text[start..<end], style) + put(text[end...], plain)
    }

    /// From so many on, to change the style twice takes less than the blanks.
    private static let longBlank = 4

    private func put(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ style: Style) -> Int {
        guard !text.isEmpty else { return 0 }
        let bytes = UnsafeBufferPointer(rebasing: text)
        let (attributes, pair) = code(of: style)
        return cn_row_add(bytes.baseAddress, bytes.count, attributes, pair)
    }

    /// A style as the drawing functions take it.
    private func code(of style: Style) -> (attributes: UInt32, pair: Int32) {
        let rendition = palette.rendition(of: style, on: base)
        let pair = palette.depth == .monochrome ? 0 : cn_pair(Int32(rendition.foreground), Int32(rendition.background))
        return (RowDrawing.codes.reduce(0) { $0 | (rendition.attributes.contains($1.0) ? $1.1.rawValue : 0) }, pair)
    }

    private static let codes: [(Style.Attributes, cn_attribute)] = [
        (.bold, CN_BOLD), (.dim, CN_DIM), (.italic, CN_ITALIC), (.underline, CN_UNDERLINE), (.reverse, CN_REVERSE),
    ]
}
