import TreenityProtocol

/// Draws a text that is edited on a page.
struct EditorPageView: Drawing {
    let model: Model
    let editor: Editor

    func overlay() -> Overlay {
        let size = model.sheetSize
        let layout = PageLayout(editor.field.characters, width: size.columns)
        let rows = layout.rows(from: editor.top, count: size.rows)
        let problem = editor.typed.problem?.place
        var overlay = Overlay(extent: .upperPanes, title: title, lines: [])
        let cursorRow = layout.row(of: editor.field.cursor)
        for (number, row) in rows.enumerated() {
            if row.lowerBound == cursorRow.lowerBound {
                overlay.cursor = Screen.Position(row: number, column: layout.column(of: editor.field.cursor))
            }
            overlay.lines.append(line(row, problem))
        }
        return overlay
    }

    private func line(_ row: Range<Int>, _ problem: Int?) -> LineBuilder {
        var line = LineBuilder(width: model.sheetSize.columns, glyphs: glyphs)
        let characters = editor.field.characters
        for place in row {
            line.add(String(characters[place]), place == problem ? theme.mistake : theme.text)
        }
        // Where something is missing there is nothing to mark.
        let isAtEnd = problem == row.upperBound
        let isBreak = row.upperBound == characters.count || characters[row.upperBound].isNewline
        if isAtEnd, isBreak { line.add("^", theme.mistake) }
        return line
    }

    private var title: String {
        var parts = [editor.subject.path.text]
        if let shared = editor.shared {
            parts.append(shared.isLive ? "live: others see what you type" : "others' edits come in")
            if let company = shared.company { parts.append("\(company) edits too") }
        }
        return parts.joined(separator: " \(glyphs.dash) ")
    }
}

extension Theme {
    /// Where a text is wrong.
    var mistake: Style {
        var style = failure
        style.attributes.formUnion([.reverse, .bold])
        return style
    }
}
