/// Draws the help.
struct HelpView: Drawing {
    let model: Model
    let scroll: Int

    func overlay() -> Overlay {
        let rows = HelpText(model.keymap).lines
        return Overlay(title: "help", rows: rows, from: scroll, height: model.pageHeight) { line($1) }
    }

    private func line(_ row: HelpText.Row) -> LineBuilder {
        let width = model.pageSize.columns
        var line = LineBuilder(width: width, glyphs: glyphs)
        switch row {
        case .heading(let title):
            line.add(" \(title)", theme.title)
        case .binding(let keys, let summary):
            line.add(" \(keys)", theme.key)
            line.pad(to: min(18, width / 3), theme.text)
            line.add("  \(summary)", theme.text)
        case .blank: break
        }
        return line
    }
}
