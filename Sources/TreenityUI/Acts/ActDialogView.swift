import TreenityStore

/// Draws the bottom line while something is to be agreed to, filled in, or read.
struct ActDialogView {
    let model: Model
    let width: Int

    private var theme: Theme { model.settings.theme }

    /// The line, and the column of the cursor where something is typed in it.
    func line(_ dialog: ActDialog) -> (line: LineBuilder, cursor: Int?) {
        switch dialog {
        case .question(let question): return line(question)
        case .sheet(let sheet):
            var line = LineBuilder(width: width, glyphs: model.settings.glyphs)
            if let notice = model.notice { line.add(" \(notice.text) ", theme.style(for: notice.weight)) }
            line.add(" \(hints(sheet)) ", theme.faint)
            return (line, nil)
        }
    }

    private func hints(_ sheet: Sheet) -> String {
        switch sheet.content {
        case .plan(.undo, _): "\(model.confirmingKey) undo this, Esc do nothing, j/k scroll"
        case .plan(.redo, _): "\(model.confirmingKey) do this again, Esc do nothing, j/k scroll"
        case .result: "Esc close, y copy, j/k scroll"
        case .refused: "r repeat, i change, d drop, Esc close"
        }
    }

    private func line(_ question: Question) -> (LineBuilder, Int?) {
        var line = LineBuilder(width: width, glyphs: model.settings.glyphs)
        line.add(" \(label(question.purpose)): ", theme.title, limit: width * 2 / 3)
        let remark = question.complaint ?? remark(question)
        let reserved = min(DisplayText(remark).columns + 2, max(0, line.room - 12))
        var field = LineBuilder(width: max(8, line.room - reserved), glyphs: model.settings.glyphs)
        let cursor = line.columns + field.add(question.field, theme.text)
        line.add(field)
        line.add("  \(remark)", question.complaint == nil ? theme.faint : theme.warning)
        line.add(" ", theme.text)
        return (line, cursor)
    }

    private func label(_ purpose: Question.Purpose) -> String {
        switch purpose {
        case .unlock: "protected; type its name to unlock it"
        case .execute(let paths): paths.count == 1 ? "run \(paths[0])" : "run \(paths.count) actions"
        case .correct: "write instead"
        }
    }

    private func remark(_ question: Question) -> String {
        switch question.purpose {
        case .unlock(let name): name
        case .execute: question.field.text.isEmpty ? "arguments as JSON, or nothing" : ""
        case .correct: ""
        }
    }
}
