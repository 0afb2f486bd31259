/// Draws lines to read instead of the panes.
struct SheetView: Drawing {
    let model: Model
    let sheet: Sheet

    func overlay() -> Overlay {
        let size = model.pageSize
        let rows = SheetText(sheet, of: model, width: max(1, size.columns - 2)).rows
        let selection: Int? = if case .refused(let selection) = sheet.content { selection } else { nil }
        let first =
            selection.map { PageMotion.first(showing: $0, of: rows.count, height: size.rows) } ?? sheet.scroll
        return Overlay(title: sheet.title, rows: rows, from: first, height: size.rows) { place, row in
            line(row, isSelected: place == selection)
        }
    }

    private func line(_ row: SheetText.Row, isSelected: Bool) -> LineBuilder {
        func styled(_ style: Style) -> Style { isSelected ? theme.onCursor(style, isFocused: true) : style }
        var line = LineBuilder(width: model.pageSize.columns, glyphs: glyphs)
        line.add(" ", styled(theme.text))
        if !row.label.isEmpty { line.add("\(row.label) ", styled(theme.key)) }
        line.add(row.text, styled(row.weight == .information ? theme.text : theme.style(for: row.weight)))
        return isSelected ? line.filled(styled(theme.text)) : line
    }
}
