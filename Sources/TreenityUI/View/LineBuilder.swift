/// Puts a line together from left to right and never makes it wider than it may be.
struct LineBuilder {
    let width: Int
    private(set) var line = Line()
    private(set) var columns = 0
    private let ellipsis: Character

    init(width: Int, glyphs: Glyphs) {
        self.width = max(0, width)
        ellipsis = glyphs.ellipsis
    }

    var room: Int { width - columns }

    /// Adds any text, made safe, and cut where it does not fit or is longer than `limit` columns.
    mutating func add(_ text: some StringProtocol, _ style: Style, limit: Int = .max) {
        let most = min(room, limit)
        guard most > 0 else { return }
        let safe = DisplayText(text, limit: most).clipped(to: most, ellipsis: ellipsis)
        guard safe.columns > 0 else { return }
        append(safe.text, safe.columns, style)
    }

    /// As ``add(_:_:limit:)``, with what a pattern finds in another style.
    mutating func add(_ text: String, _ style: Style, limit: Int = .max, marking pattern: Pattern?, _ mark: Style) {
        let ranges = pattern?.ranges(in: text) ?? []
        let end = columns + min(room, max(0, limit))
        var place = text.startIndex
        for range in ranges {
            add(text[place..<range.lowerBound], style, limit: end - columns)
            add(text[range], mark, limit: end - columns)
            place = range.upperBound
        }
        add(text[place...], style, limit: end - columns)
    }

    /// Adds the end of a text, cut at its start where it is longer than `limit` columns.
    mutating func addEnd(of text: String, _ style: Style, limit: Int = .max) {
        let most = min(room, limit)
        guard most > 0 else { return }
        let safe = DisplayText(text)
        guard safe.columns > most else {
            append(safe.text, safe.columns, style)
            return
        }
        var tail = ""
        var used = 1
        for scalar in safe.text.unicodeScalars.reversed() {
            let next = ScalarDisplay(scalar).width
            if used + next > most { break }
            tail.unicodeScalars.insert(scalar, at: tail.unicodeScalars.startIndex)
            used += next
        }
        // What would combine with the ellipsis belongs to a letter that had no room.
        tail.unicodeScalars = String.UnicodeScalarView(tail.unicodeScalars.drop { ScalarDisplay($0).width == 0 })
        append(String(ellipsis) + tail, used, style)
    }

    /// Blanks up to a column.
    mutating func pad(to column: Int, _ style: Style) {
        let count = min(column, width) - columns
        guard count > 0 else { return }
        append(.blank(count), count, style)
    }

    /// Adds a text so that it ends at the line's right edge; nothing where there is no room for all of it.
    mutating func addRight(_ spans: [(String, Style)], _ fill: Style) {
        let safe = spans.map { (DisplayText($0.0), $0.1) }
        let needed = safe.reduce(0) { $0 + $1.0.columns }
        guard needed > 0, needed <= room else { return }
        pad(to: width - needed, fill)
        for (text, style) in safe { append(text.text, text.columns, style) }
    }

    /// Adds a line that was built apart.
    mutating func add(_ other: LineBuilder) {
        guard other.columns <= room else { return }
        line.spans += other.line.spans
        columns += other.columns
    }

    private mutating func append(_ safe: String, _ count: Int, _ style: Style) {
        columns += count
        if let last = line.spans.last, last.style == style {
            line.spans[line.spans.count - 1].text += safe
        } else {
            line.spans.append(Span(safe, style))
        }
    }

    /// The line without its first columns; that something is missing shows where something was.
    func droppingFirst(_ count: Int, _ fill: Style, _ glyphs: Glyphs) -> LineBuilder {
        guard count > 0 else { return self }
        var rest = LineBuilder(width: max(0, width - count), glyphs: glyphs)
        var column = 0
        for span in line.spans {
            var text = String.UnicodeScalarView()
            var used = 0
            for scalar in span.text.unicodeScalars {
                let wide = ScalarDisplay(scalar).width
                if column >= count, wide > 0 || !text.isEmpty {
                    text.append(scalar)
                    used += wide
                } else if column < count, column + wide > count {
                    text.append(" ")
                    used += column + wide - count
                }
                column += wide
            }
            if used > 0 { rest.append(String(text), used, span.style) }
        }
        if rest.columns == 0, columns > 0 { rest.add(String(glyphs.ellipsis), fill) }
        return rest
    }

    /// The line in one style.
    func restyled(_ style: Style) -> LineBuilder {
        var restyled = self
        restyled.line = Line([Span(line.text, style)])
        return restyled
    }

    /// The line, blank up to its full width.
    func filled(_ style: Style) -> LineBuilder {
        var filled = self
        filled.pad(to: width, style)
        return filled
    }
}
