import TreenityProtocol

extension HintView {
    /// The line at the bottom while something about the patches has the keyboard.
    func line(_ dialog: FeedDialog) -> (LineBuilder, Int?) {
        switch dialog {
        case .filter(let prompt):
            let remark =
                prompt.complaint.map { ($0, theme.warning) }
                ?? (prompt.candidates.isEmpty
                    ? ("op: path: by: or words, ! before what must not be; Tab completes", theme.faint)
                    : (prompt.candidates.prefix(8).joined(separator: "  "), theme.faint))
            return fieldLine("filter", prompt.field, remark)
        case .export(let field):
            return fieldLine("write the shown patches to", field, ("one JSON text a line", theme.faint))
        case .revert:
            return (keysLine([("y", "send it"), ("any other key", "leaves all as it is")]), nil)
        case .history:
            return (
                keysLine([("j/k", "move"), ("Enter", "the tree as it was then"), ("y", "copy"), ("Esc", "close")]), nil
            )
        case .company:
            return (keysLine([("j/k", "move"), ("Enter", "go there"), ("Esc", "close")]), nil)
        case .patch:
            return (keysLine([("j/k", "scroll"), ("y", "copy"), ("Esc", "close")]), nil)
        }
    }

    /// A line to be typed, with a remark as far as there is room.
    private func fieldLine(_ label: String, _ field: TextField, _ remark: (text: String, style: Style)) -> (
        LineBuilder, Int?
    ) {
        var line = LineBuilder(width: width, glyphs: model.settings.glyphs)
        line.add(" \(label): ", theme.title)
        let typed = DisplayText(field.text).columns + 1
        let wanted = DisplayText(remark.text).columns + 3
        var part = LineBuilder(
            width: max(8, min(line.room, max(typed, line.room - wanted))), glyphs: model.settings.glyphs)
        let start = line.columns
        let cursor = start + part.add(field, theme.text)
        line.add(part)
        if line.room > 8 { line.add("  \(remark.text) ", remark.style) }
        return (line, cursor)
    }

    /// Keys with a word each.
    private func keysLine(_ hints: [(String, String)]) -> LineBuilder {
        var line = LineBuilder(width: width, glyphs: model.settings.glyphs)
        line.add(" ", theme.text)
        for (keys, text) in hints where DisplayText("\(keys) \(text)  ").columns <= line.room {
            line.add(keys, theme.key)
            line.add(" \(text)  ", theme.faint)
        }
        return line
    }
}
