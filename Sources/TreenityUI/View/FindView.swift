/// Draws the line in which something to find is typed, and what can be chosen.
struct FindView: Drawing {
    let model: Model
    let dialog: FindDialog
    let width: Int

    private static let mostRows = 12

    /// The line, and the column of its cursor.
    func line() -> (LineBuilder, Int?) {
        FieldLine(model: model, width: width).line(label, dialog.field, [remark])
    }

    private var label: String {
        switch dialog.purpose {
        case .search: Pattern.isRegular(dialog.field.text) && width >= 60 ? "search, regular expression" : "search"
        case .filter: "filter"
        case .path: "go to"
        case .command: "command"
        }
    }

    private var remark: (text: String, style: Style) {
        if let complaint = dialog.complaint { return (complaint, theme.warning) }
        switch dialog.purpose {
        case .search:
            guard let scan = model.outline.search else {
                return ("^R or a leading / for a regular expression, Up for earlier ones", theme.faint)
            }
            return (model.matchNumber(scan), theme.faint)
        case .filter:
            guard let scan = model.outline.filter else { return ("letters of names, or words of values", theme.faint) }
            return (model.matchNumber(scan), theme.faint)
        case .path:
            if let scan = model.finder.paths, !scan.isComplete { return ("looking \(glyphs.ellipsis)", theme.faint) }
            let isNew = dialog.field.isEmpty
            return (isNew ? "a path, or letters of it; Tab completes" : counted, theme.faint)
        case .command:
            return (dialog.field.isEmpty ? "words; Tab completes" : counted, theme.faint)
        }
    }

    private var counted: String { dialog.candidates.isEmpty ? "nothing fits" : "" }

    /// The candidates around the chosen one, the best nearest to the line.
    func list(rows: Int) -> [LineBuilder] {
        let count = min(dialog.candidates.count, FindView.mostRows, max(0, rows))
        guard count > 0 else { return [] }
        let first = min(max(0, dialog.selection - count + 1), dialog.candidates.count - count)
        return (first..<first + count).reversed().map(row)
    }

    private func row(_ place: Int) -> LineBuilder {
        let candidate = dialog.candidates[place]
        let isChosen = place == dialog.selection
        func style(_ style: Style) -> Style { theme.inList(style, isChosen: isChosen) }
        var line = LineBuilder(width: width, glyphs: glyphs)
        let note = DisplayText(candidate.note, limit: max(0, width / 3)).clipped(to: max(0, width / 3)).text
        line.add(" ", style(theme.text))
        line.add(candidate.text, style(theme.text), limit: max(4, width - DisplayText(note).columns - 4))
        line.addRight([(" \(note) ", style(theme.key))], style(theme.text))
        return line.filled(style(theme.text))
    }
}
