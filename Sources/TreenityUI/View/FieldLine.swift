/// A line in which something is typed: what for, the text, and what there is to say of it.
struct FieldLine: Drawing {
    let model: Model
    let width: Int

    /// The line, and the column of its cursor. The text comes first: a label leaves it half of the line, remarks a quarter.
    func line(_ label: String, _ field: TextField, _ remarks: [(text: String, style: Style)]) -> (LineBuilder, Int?) {
        var line = LineBuilder(width: width, glyphs: glyphs)
        let typed = DisplayText(field.text).columns + 1
        line.add(" \(label): ", theme.title, limit: max(width / 2, width - max(8, typed)))
        let wanted = remarks.reduce(1) { $0 + DisplayText($1.text).columns + 2 }
        let extent = max(8, line.room - wanted, min(typed, line.room * 3 / 4))
        var part = LineBuilder(width: min(line.room, extent), glyphs: glyphs)
        let cursor = line.columns + part.add(field, theme.text)
        line.add(part)
        for (text, style) in remarks where !text.isEmpty && line.room > 5 { line.add("  \(text)", style) }
        line.add(" ", theme.text)
        return (line, cursor)
    }
}
