import TreenityProtocol
import TreenityStore

extension Model {
    /// The picture of the interface as it is, for a terminal of the size that was reported last.
    ///
    /// - Complexity: O(rows · columns).
    public func view() -> Screen {
        Frame(self).screen()
    }
}

/// Puts the panes together into one picture.
private struct Frame {
    let model: Model
    let frames: Layout.Frames
    let theme: Theme
    let glyphs: Glyphs
    let size: Size
    private var cursor: Screen.Position?
    private var rows: [LineBuilder] = []

    init(_ model: Model) {
        self.model = model
        frames = model.frames
        theme = model.settings.theme.bordered(by: model.protectionStyle)
        glyphs = model.settings.glyphs
        size = model.size
    }

    func screen() -> Screen {
        var frame = self
        frame.draw()
        var lines = frame.rows.prefix(max(0, size.rows)).map(\.line)
        while lines.count < size.rows { lines.append(Line()) }
        let isInside = frame.cursor.map { $0.row < size.rows && $0.column < size.columns } ?? false
        return Screen(size: size, lines: lines, cursor: isInside ? frame.cursor : nil, base: theme.text)
    }

    private mutating func draw() {
        if frames.hasStatus { rows.append(StatusView(model: model, width: size.columns).line()) }
        if let overlay = model.overlay {
            draw(overlay)
            let leavesFeed = overlay.extent == .upperPanes && (frames.tree != nil || frames.inspector != nil)
            if leavesFeed { drawFeed(isBelowPanes: false) }
        } else {
            drawUpper()
            drawFeed()
        }
        drawBottom()
    }

    // MARK: Panes

    private mutating func drawUpper() {
        guard frames.tree != nil || frames.inspector != nil else { return }
        let treeTitle = (model.outline.top == model.tree.root ? "tree" : treePath) + filterTitle + frozenTitle
        var titles: [(title: String, width: Int, pane: Pane)] = []
        if let tree = frames.tree { titles.append((treeTitle, tree.columns, .tree)) }
        if let inspector = frames.inspector { titles.append((inspectorTitle, inspector.columns, .inspector)) }
        if frames.isFramed { rows.append(border(titles, glyphs.topLeft, glyphs.topTee, glyphs.topRight)) }
        let left = frames.tree.map { TreeView(model, size: $0).lines() }
        let right = frames.inspector.map { InspectorView(model: model, size: $0).lines() }
        if let position = right?.cursor {
            let offset = (frames.tree.map { $0.columns + 1 } ?? 0) + (frames.isFramed ? 1 : 0)
            cursor = Screen.Position(row: rows.count + position.row, column: offset + position.column)
        }
        let height = frames.tree?.rows ?? frames.inspector?.rows ?? 0
        for row in 0..<height {
            var cells: [(LineBuilder?, Int, Pane)] = []
            if let tree = frames.tree { cells.append((left?[safe: row], tree.columns, .tree)) }
            if let inspector = frames.inspector {
                cells.append((right?.lines[safe: row], inspector.columns, .inspector))
            }
            rows.append(framed(cells))
        }
    }

    private var filterTitle: String {
        guard let filter = model.outline.filter else { return "" }
        return " \(glyphs.dash) filter: \(filter.criterion.text) \(glyphs.dash) \(model.matchNumber(filter))"
    }

    private var treePath: String {
        model.tree.contains(model.outline.top) ? model.tree.path(of: model.outline.top).text : "tree"
    }

    /// How far one can go back and forth, where the screen stands still.
    private var frozenTitle: String {
        guard let frozen = model.frozen, frames.tree.map({ $0.columns >= 44 }) ?? false else { return "" }
        let back = frozen.position.number - frozen.reach.lowerBound.number
        let start = model.feed.history[frozen.reach.lowerBound.next]?.received ?? frozen.moment
        let since = Human.time(start, offset: model.settings.utcOffset)
        return " \(glyphs.dash) as it was; \(Human.counted(back, "patch", "patches")) back to \(since)"
    }

    private var inspectorTitle: String {
        guard let node = model.outline.node, model.tree.contains(node) else { return "properties" }
        return model.tree.path(of: node).text
    }

    private mutating func draw(_ overlay: Overlay) {
        let area = model.size(of: overlay.extent)
        if frames.isFramed {
            let title = overlay.title + (overlay.position.map { " \(glyphs.dash) \($0)" } ?? "")
            rows.append(border([(title, area.columns, model.focus)], glyphs.topLeft, "", glyphs.topRight))
        }
        cursor = overlay.cursor.map {
            Screen.Position(row: rows.count + $0.row, column: $0.column + (frames.isFramed ? 1 : 0))
        }
        for row in 0..<area.rows { rows.append(framed([(overlay.lines[safe: row], area.columns, model.focus)])) }
    }

    private mutating func drawFeed(isBelowPanes: Bool = true) {
        guard let feed = frames.feed else { return }
        let view = FeedView(model: model, size: feed)
        let title = FeedTitle(model: model, size: feed).text
        if frames.isFramed {
            let isTop = frames.tree == nil && frames.inspector == nil
            let line = border(
                [(title, feed.columns, .feed)], isTop ? glyphs.topLeft : glyphs.leftTee, "",
                isTop ? glyphs.topRight : glyphs.rightTee,
                crossing: isBelowPanes && frames.isSplit ? frames.tree?.columns : nil)
            rows.append(line)
        }
        let lines = view.lines()
        for row in 0..<feed.rows { rows.append(framed([(lines[safe: row], feed.columns, .feed)])) }
    }

    private mutating func drawBottom() {
        let mustType = model.dialog != nil
        guard frames.isFramed || frames.hasHints || mustType else { return }
        let inset = frames.isFramed ? 2 : 0
        let (hint, column) = HintView(model: model, width: size.columns - 2 * inset).line()
        var line = LineBuilder(width: size.columns, glyphs: glyphs)
        if frames.isFramed { line.add(glyphs.bottomLeft + glyphs.horizontal, theme.border) }
        line.add(hint)
        if frames.isFramed {
            let rest = max(0, size.columns - line.columns - 1)
            line.add(String(repeating: glyphs.horizontal, count: rest) + glyphs.bottomRight, theme.border)
        }
        while rows.count >= size.rows, !rows.isEmpty { rows.removeLast() }
        if let column { cursor = Screen.Position(row: rows.count, column: column + inset) }
        drawList()
        rows.append(line)
    }

    /// What can be chosen now, over the lowest rows.
    private mutating func drawList() {
        let width = max(0, size.columns - (frames.isFramed ? 2 : 0))
        let room = rows.count - (frames.isFramed ? 2 : 1)
        var (list, title): ([LineBuilder], String) = ([], "")
        if case .find(let dialog) = model.dialog {
            list = FindView(model: model, dialog: dialog, width: width).list(rows: room)
            title = dialog.purpose == .path ? "places" : "commands"
        } else if model.listsKeys {
            list = KeyListView(model: model, width: width).list(rows: room)
            title = "keys after \(KeyNotation.text(model.keys.keys))"
        }
        guard !list.isEmpty else { return }
        if frames.isFramed {
            let rule = border([(title, width, model.focus)], glyphs.leftTee, "", glyphs.rightTee)
            rows[rows.count - list.count - 1] = rule
        }
        for (place, row) in list.enumerated() {
            rows[rows.count - list.count + place] = framed([(row, width, model.focus)])
        }
    }

    // MARK: Lines around them

    private func framed(_ cells: [(LineBuilder?, Int, Pane)]) -> LineBuilder {
        var line = LineBuilder(width: size.columns, glyphs: glyphs)
        if frames.isFramed { line.add(glyphs.vertical, theme.border) }
        for (index, (cell, width, _)) in cells.enumerated() {
            if index > 0 { line.add(glyphs.vertical, theme.border) }
            let start = line.columns
            if let cell { line.add(cell) }
            line.pad(to: start + width, theme.text)
        }
        if frames.isFramed { line.add(glyphs.vertical, theme.border) }
        return line
    }

    /// A line with the titles of the panes below it.
    private func border(
        _ titles: [(title: String, width: Int, pane: Pane)], _ left: String, _ tee: String, _ right: String,
        crossing: Int? = nil
    ) -> LineBuilder {
        var line = LineBuilder(width: size.columns, glyphs: glyphs)
        line.add(left, theme.border)
        for (index, (title, width, pane)) in titles.enumerated() {
            if index > 0 { line.add(tee, theme.border) }
            let isFocused = model.focus == pane
            let end = line.columns + width
            line.add(" ", theme.border)
            line.addEnd(of: title, isFocused ? theme.title : theme.faint, limit: max(0, width - 3))
            line.add(" ", theme.border)
            let style = isFocused ? theme.focusedBorder : theme.border
            if let crossing, line.columns <= crossing + 1, crossing + 1 < end {
                line.add(String(repeating: glyphs.horizontal, count: crossing + 1 - line.columns), style)
                line.add(glyphs.bottomTee, style)
            }
            line.add(String(repeating: glyphs.horizontal, count: max(0, end - line.columns)), style)
        }
        line.add(right, theme.border)
        return line
    }
}

extension Array {
    /// The element at a place; `nil` beyond the end.
    fileprivate subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
