import TreenityProtocol

/// What takes the place of panes while a dialog needs their room: a title, and as many lines as there is room for.
struct Overlay {
    enum Extent {
        /// All panes.
        case screen
        /// The tree and the inspector; the feed goes on below.
        case upperPanes
    }

    var extent = Extent.screen
    var title: String
    var lines: [LineBuilder]
    /// Where among the lines the cursor stands.
    var cursor: Screen.Position?
    /// Which of the page's rows these are; `nil`: all of them.
    private(set) var position: String?
}

extension Overlay {
    /// A page of many rows: the ones from `first` on that there is room for.
    init<Row>(
        extent: Extent = .screen, title: String, rows: [Row], from first: Int, height: Int,
        line: (_ place: Int, _ row: Row) -> LineBuilder
    ) {
        let shown = rows.indices.dropFirst(first).prefix(height)
        self.init(extent: extent, title: title, lines: shown.map { line($0, rows[$0]) })
        if shown.count < rows.count { position = "\(shown.startIndex + 1)-\(shown.endIndex)/\(rows.count)" }
    }
}

extension Model {
    /// The rows that a page has.
    var pageHeight: Int {
        let frames = frames
        return max(1, size.rows - (frames.hasStatus ? 1 : 0) - (frames.isFramed ? 2 : frames.hasHints ? 1 : 0))
    }

    var pageSize: Size { Size(columns: size.columns - (frames.isFramed ? 2 : 0), rows: pageHeight) }

    /// The room over the tree and the inspector.
    var sheetSize: Size {
        let frames = frames
        let pane = frames.tree ?? frames.inspector ?? frames.feed
        return Size(columns: max(1, size.columns - (frames.isFramed ? 2 : 0)), rows: max(1, pane?.rows ?? size.rows))
    }

    func size(of extent: Overlay.Extent) -> Size {
        switch extent {
        case .screen: pageSize
        case .upperPanes: sheetSize
        }
    }

    /// What lies over the panes; `nil`: nothing.
    var overlay: Overlay? {
        switch dialog {
        case .help(let scroll): HelpView(model: self, scroll: scroll).overlay()
        case .feed(.patch(let page)): overlay(of: page)
        case .feed(.revert(let question)): overlay(of: question)
        case .feed(.history(let page)): overlay(of: page)
        case .feed(.company(let page)): overlay(of: page)
        case .act(.sheet(let sheet)): SheetView(model: self, sheet: sheet).overlay()
        case .editor(let editor): editor.form == .page ? EditorPageView(model: self, editor: editor).overlay() : nil
        case .conflict(let conflict): ConflictView(model: self, conflict: conflict).overlay()
        case .drafts(let list): DraftListView(model: self, list: list).overlay()
        case .feed(.filter), .feed(.export), .act(.question), .find, .prompt, .confirmation, nil: nil
        }
    }

    private func overlay(of page: PatchPage) -> Overlay {
        let theme = settings.theme
        return Overlay(title: page.title, rows: page.lines, from: page.scroll, height: pageHeight) { _, row in
            var line = LineBuilder(width: pageSize.columns, glyphs: settings.glyphs)
            line.add(" " + String(repeating: "  ", count: min(row.depth, pageSize.columns / 4)), theme.text)
            line.add(row.key, theme.key)
            line.add(row.text, theme.style(for: row.kind))
            return line
        }
    }
}
