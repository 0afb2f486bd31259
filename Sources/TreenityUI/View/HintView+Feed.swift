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
            return FieldLine(model: model, width: width).line("filter", prompt.field, [remark])
        case .export(let question):
            let label = width < 60 ? "write to" : "write the shown patches to"
            return FieldLine(model: model, width: width).line(label, question.field, [(question.remark, theme.faint)])
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
