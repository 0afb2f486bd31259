import TreenityProtocol

/// What takes the place of the panes to be read: a title, and as many lines as there is room for.
struct PageView {
    let title: String
    let lines: [LineBuilder]
}

extension Model {
    /// The rows that a page has.
    var pageHeight: Int {
        let frames = frames
        return max(1, size.rows - (frames.hasStatus ? 1 : 0) - (frames.isFramed ? 2 : frames.hasHints ? 1 : 0))
    }

    var pageSize: Size { Size(columns: size.columns - (frames.isFramed ? 2 : 0), rows: pageHeight) }

    /// The page that is open; `nil`: none is.
    var page: PageView? {
        switch dialog {
        case .feed(.patch(let page)): view(of: page)
        case .feed(.revert(let question)): view(of: question)
        case .feed(.history(let page)): view(of: page)
        case .feed(.company(let page)): view(of: page)
        case .act(.sheet(let sheet)):
            PageView(title: sheet.title, lines: SheetView(model: self, sheet: sheet, size: pageSize).lines())
        case .feed(.filter), .feed(.export), .act(.question), .editor, .conflict, .drafts, .find, .prompt,
            .confirmation, .help, nil:
            nil
        }
    }

    private func view(of page: PatchPage) -> PageView {
        let theme = settings.theme
        let lines = page.lines.dropFirst(page.scroll).prefix(pageHeight).map { row in
            var line = LineBuilder(width: pageSize.columns, glyphs: settings.glyphs)
            line.add(" " + String(repeating: "  ", count: min(row.depth, pageSize.columns / 4)), theme.text)
            line.add(row.key, theme.key)
            line.add(row.text, theme.style(for: row.kind))
            return line
        }
        return PageView(title: page.title, lines: Array(lines))
    }
}
