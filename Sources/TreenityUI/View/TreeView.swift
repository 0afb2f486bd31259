import TreenityProtocol
import TreenityStore

/// Draws the outline's rows.
struct TreeView: Drawing {
    let model: Model
    let size: Size
    /// The model's, at hand: to ask for it each time is to copy it.
    private let tree: Replica
    private let pending: Set<NodeID>
    private let visitors: [NodeID: [String]]
    private let marked: Set<NodeID>
    /// What is searched for.
    private let pattern: Pattern?

    init(_ model: Model, size: Size) {
        self.model = model
        self.size = size
        tree = model.tree
        pending = model.nodesWithPendingEdits
        visitors = model.visitors
        marked = Set(model.acts.marked)
        pattern = model.highlighted
    }

    func lines() -> [LineBuilder] {
        let rows = model.outline.rows.prefix(size.rows).map { row in
            switch row.content {
            case .node(let node): line(node, depth: row.depth)
            case .property(let node, let name): line(name, of: node, depth: row.depth)
            case .ghost(let ghost): line(ghost, depth: row.depth)
            }
        }
        return rows + trouble(room: size.rows - rows.count)
    }

    /// Why there is no connection, in full: the line at the top has room for the beginning only.
    private func trouble(room: Int) -> [LineBuilder] {
        guard room > 1, let reason = model.connection.trouble else { return [] }
        let characters = Array(reason)
        let blank = LineBuilder(width: size.columns, glyphs: glyphs)
        let rows = PageLayout(characters, width: size.columns - 2).rows(from: 0, count: room - 1)
        let lines = rows.map { row in
            var line = blank
            line.add("  " + String(characters[row]), theme.failure)
            return line
        }
        return [blank] + lines
    }

    private func line(_ ghost: Ghost, depth: Int) -> LineBuilder {
        var line = LineBuilder(width: size.columns, glyphs: glyphs)
        let marksRow = model.settings.cursor == .row
        let fill = onCursor(theme.text, marksRow)
        line.add("\(glyphs.deleted) ", onCursor(theme.deleted, marksRow))
        // In the column in which the node's own name stood.
        line.add(indent(depth) + "  ", fill)
        var struck = theme.faint
        struck.attributes.insert(.struck)
        line.add(ghost.name.text, onName(struck))
        line.add(" deleted by \(ghost.remover.isEmpty ? "somebody" : ghost.remover)", onCursor(theme.faint, marksRow))
        return line.filled(fill)
    }

    private func line(_ node: NodeID, depth: Int) -> LineBuilder {
        let isCursor = model.outline.cursor == .node(node)
        let marksRow = isCursor && model.settings.cursor == .row
        let children = tree.childCount(of: node)
        let isOpen = model.outline.isOpen(node, in: tree)
        let marker =
            !model.outline.canOpen(node, in: tree)
            ? " " : !isOpen ? glyphs.folded : tree.isLoaded(node) ? glyphs.unfolded : glyphs.loading
        return line(
            mark(of: node), isMarked: marked.contains(node), depth: depth,
            right: rightColumns(node, children, marksRow), marksRow: marksRow
        ) { line, edge in
            line.add(marker + " ", onCursor(theme.faint, marksRow))
            addName(of: node, hasChildren: children > 0, to: &line, upTo: edge, isCursor)
            addTelling(node, to: &line, upTo: edge, marksRow)
        }
    }

    /// A property as a row of its own.
    private func line(_ name: Name, of node: NodeID, depth: Int) -> LineBuilder {
        let isCursor = model.outline.cursor == .property(node, name)
        let marksRow = isCursor && model.settings.cursor == .row
        let property = tree.contains(node) ? tree.property(name, of: node) : nil
        let age = property.map { self.age(since: $0.stamp.timestamp) } ?? ""
        let faint = onCursor(theme.faint, marksRow)
        let right = size.columns < 44 ? [] : [(.blank(max(1, 5 - age.utf8.count)) + age + " ", faint)]
        return line((" ", theme.text), depth: depth, right: right, marksRow: marksRow) { line, edge in
            line.add("  ", faint)
            add(name.text, isCursor ? onName(theme.key) : theme.key, to: &line, upTo: edge, isCursor)
            guard let value = property?.value, edge - line.columns > 4 else { return }
            line.add("  ", faint)
            add(value.brief(limit: edge), onCursor(theme.style(for: value), marksRow), to: &line, upTo: edge, marksRow)
        }
    }

    /// A row: the mark at the left edge and the columns at the right one stay where they are, what is between them scrolls.
    private func line(
        _ mark: (String, Style), isMarked: Bool = false, depth: Int, right: [(String, Style)], marksRow: Bool,
        _ add: (inout LineBuilder, _ edge: Int) -> Void
    ) -> LineBuilder {
        let fill = onCursor(theme.text, marksRow)
        var line = LineBuilder(width: size.columns, glyphs: glyphs)
        line.add(mark.0, onCursor(mark.1, marksRow))
        line.add(isMarked ? glyphs.marked : " ", onCursor(isMarked ? theme.marked(theme.name) : theme.text, marksRow))
        let shift = model.outline.shift
        let indent = String.blank(2 * TreeView.steps(depth, columns: size.columns, shift: shift))
        let rightWidth = right.reduce(0) { $0 + DisplayText($1.0).columns } + 1
        let hasRight = line.room - indent.utf8.count + shift > rightWidth + 14
        var body = LineBuilder(width: max(0, line.room - (hasRight ? rightWidth : 0)) + shift, glyphs: glyphs)
        body.add(indent, fill)
        add(&body, body.width)
        line.add(body.droppingFirst(shift, fill, glyphs))
        line.addRight(right, fill)
        return line.filled(fill)
    }

    private func indent(_ depth: Int) -> String {
        .blank(2 * TreeView.steps(depth, columns: size.columns, shift: 0))
    }

    private static func steps(_ depth: Int, columns: Int, shift: Int) -> Int {
        min(depth, max(0, columns / 4) + shift)
    }

    /// The columns in which a row's fold marker stands, behind the sign of what changed and the indent; none where it is
    /// out of sight.
    static func marker(of row: OutlineRow, columns: Int, shift: Int) -> Range<Int> {
        guard case .node = row.content else { return 0..<0 }
        let start = 2 * steps(row.depth, columns: columns, shift: shift) - shift
        return start < 0 ? 0..<0 : start + 2..<start + 4
    }

    private func addName(
        of node: NodeID, hasChildren: Bool, to line: inout LineBuilder, upTo edge: Int, _ isCursor: Bool
    ) {
        var style = theme.name
        let isMarked = marked.contains(node)
        if hasChildren { style.attributes.insert(.bold) }
        if isMarked { style = theme.marked(style) }
        if model.acts.isCut(node) { style.attributes.formUnion([.italic, .underline]) }
        let name = tree.name(of: node).text
        if isCursor { style = onName(style) }
        add(name, style, to: &line, upTo: edge, isCursor)
    }

    /// Adds a text with what is searched for marked.
    private func add(_ text: String, _ style: Style, to line: inout LineBuilder, upTo edge: Int, _ isCursor: Bool) {
        var mark = theme.match
        if isCursor {
            mark = style
            mark.attributes.insert(.underline)
        }
        line.add(text, style, limit: edge - line.columns, marking: pattern, mark)
    }

    private func addTelling(_ node: NodeID, to line: inout LineBuilder, upTo edge: Int, _ isCursor: Bool) {
        for key in model.settings.tellingProperties {
            guard let name = try? Name(key), let value = tree.property(name, of: node)?.value,
                value.kind != .null, edge - line.columns > 4
            else { continue }
            line.add("  ", onCursor(theme.text, isCursor))
            add(
                value.brief(limit: edge), onCursor(theme.telling(key, value), isCursor), to: &line, upTo: edge, isCursor
            )
        }
    }

    private func rightColumns(_ node: NodeID, _ children: Int, _ isCursor: Bool) -> [(String, Style)] {
        var columns: [(String, Style)] = []
        let faint = onCursor(theme.faint, isCursor)
        if !model.outline.isOpen(node, in: tree), let counts = model.shownMarks.counts[node], !counts.isEmpty {
            for (sign, count, style) in [
                (glyphs.edited, counts.edited, theme.edited), (glyphs.added, counts.added, theme.added),
                ("-", counts.removed, theme.deleted),
            ] where count > 0 {
                columns.append((" \(sign)\(count > 999 ? "999+" : String(count))", onCursor(style, isCursor)))
            }
        }
        for user in (visitors[node] ?? []).prefix(size.columns >= 60 ? 3 : 1) {
            let style = onCursor(theme.color(of: user), isCursor)
            columns.append((" \(glyphs.somebody)\(DisplayText(user.prefix(2)).text)", style))
        }
        if size.columns >= 44 {
            let age = age(of: node)
            columns.append((.blank(max(1, 5 - age.utf8.count)) + age, faint))
        }
        let count = children == 0 ? "" : Human.grouped(children)
        columns.append((.blank(max(1, 7 - count.utf8.count)) + count + " ", faint))
        return columns
    }

    /// How long ago the node changed, as long as that is news.
    private func age(of node: NodeID) -> String {
        age(since: tree.stamp(of: node).timestamp)
    }

    private func age(since changed: Timestamp) -> String {
        let elapsed = model.shownNow.milliseconds - changed.milliseconds
        guard changed.milliseconds > 0, elapsed < 3_600_000 else { return "" }
        return Human.age(from: changed, to: model.shownNow)
    }

    private func mark(of node: NodeID) -> (String, Style) {
        if pending.contains(node) { return (glyphs.pending, theme.warning) }
        guard let mark = model.shownMarks.marks[node] else { return (" ", theme.text) }
        let age = model.marksNow.milliseconds - mark.at.milliseconds
        guard age < ChangeMarks.lifetime else { return (" ", theme.text) }
        var (sign, style) = theme.mark(mark.kind, glyphs)
        if age > ChangeMarks.lifetime / 3 { style.attributes.remove(.bold) }
        if age > ChangeMarks.lifetime * 2 / 3 { style = theme.faint }
        return (sign, style)
    }

    /// A style of the name under the cursor.
    private func onName(_ style: Style) -> Style {
        let isFocused = model.focus == .tree
        return switch model.settings.cursor {
        case .name: theme.onMarker(style, isFocused: isFocused)
        case .row: theme.onCursor(style, isFocused: isFocused)
        }
    }

    private func onCursor(_ style: Style, _ isCursor: Bool) -> Style {
        isCursor ? theme.onCursor(style, isFocused: model.focus == .tree) : style
    }
}

extension Theme {
    func mark(_ kind: ChangeMarks.Kind, _ glyphs: Glyphs) -> (String, Style) {
        switch kind {
        case .added: (glyphs.added, added)
        case .edited: (glyphs.edited, edited)
        case .moved: (glyphs.moved, moved)
        case .executed: (glyphs.executed, executed)
        }
    }

    /// The style of a telling property in a row: what a thing is called stands out less than how it is doing.
    fileprivate func telling(_ key: String, _ value: JSONValue) -> Style {
        switch key {
        case "name", "title", "label": faint
        case "status", "state": self.key
        default: style(for: value)
        }
    }
}

extension Model {
    /// The nodes that edits without an answer touch.
    var nodesWithPendingEdits: Set<NodeID> {
        guard !isFrozen else { return [] }
        var nodes: Set<NodeID> = []
        for effect in replica.pending.flatMap(\.patches).compactMap(\.change).flatMap(\.effects) {
            switch effect {
            case .property(let change): nodes.insert(change.node)
            case .added(let node): nodes.insert(node)
            case .moved(let move): nodes.insert(move.node)
            case .removed, .count: break
            }
        }
        return nodes
    }
}
