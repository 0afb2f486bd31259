import TreenityStore

/// Draws the bottom line while something is to be agreed to, filled in, or read.
struct ActDialogView: Drawing {
    let model: Model
    let width: Int

    /// The line, and the column of the cursor where something is typed in it.
    func line(_ dialog: ActDialog) -> (line: LineBuilder, cursor: Int?) {
        switch dialog {
        case .question(let question): return line(question)
        case .sheet(let sheet):
            var line = LineBuilder(width: width, glyphs: glyphs)
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
        let remark = question.complaint.map { ($0, theme.warning) } ?? (remark(question), theme.faint)
        return FieldLine(model: model, width: width).line(label(question.purpose), question.field, [remark])
    }

    private func label(_ purpose: Question.Purpose) -> String {
        switch purpose {
        case .unlock(let name): "unlock \(name)"
        case .execute(let paths): paths.count == 1 ? "run \(paths[0])" : "run \(paths.count) actions"
        case .correct: "write instead"
        }
    }

    private func remark(_ question: Question) -> String {
        switch question.purpose {
        case .unlock: "type its name, then Enter"
        case .execute: question.field.text.isEmpty ? "arguments as JSON, or nothing" : ""
        case .correct: ""
        }
    }
}
