import TreenityProtocol
import TreenityStore

/// Draws the patches that arrived.
struct FeedView: Drawing {
    let model: Model
    let size: Size

    func lines() -> [LineBuilder] {
        let selected = model.feed.selectedNumber
        return model.feed.visible(height: size.rows).map { entry in
            let line = line(entry, isCursor: entry.number == selected)
            // What comes after the moment that is shown.
            let isAhead = model.frozen.map { entry.changes.lowerBound > $0.position.number } ?? false
            return isAhead ? line.restyled(theme.faint) : line
        }
    }

    private func line(_ entry: FeedEntry, isCursor: Bool) -> LineBuilder {
        let fill = onCursor(theme.text, isCursor)
        var line = LineBuilder(width: size.columns, glyphs: glyphs)
        let time = model.settings.timeFormat.text(
            entry.time, now: model.frozen?.moment ?? model.now, offset: model.settings.utcOffset, columns: size.columns)
        line.add(" \(time) ", onCursor(theme.faint, isCursor))
        let (sign, style) = sign(of: entry)
        line.add("\(sign) ", onCursor(style, isCursor))
        if size.columns >= 60 {
            line.add(entry.patch.operation.name, onCursor(style, isCursor))
            line.pad(to: line.columns + 8 - entry.patch.operation.name.count, fill)
        }
        var right: [(String, Style)] = []
        if entry.count > 1 { right.append((" \(glyphs.times)\(entry.count)", onCursor(theme.warning, isCursor))) }
        if size.columns >= 60 {
            // What was done matters more than the rest of a long name.
            let most = size.columns / 6
            let sender = DisplayText(entry.patch.sender, limit: most).clipped(to: most, ellipsis: glyphs.ellipsis)
            right.append(("  \(sender.text) ", onCursor(theme.faint, isCursor)))
        }
        let rightWidth = right.reduce(0) { $0 + DisplayText($1.0).columns }
        var body = LineBuilder(width: max(0, line.room - rightWidth), glyphs: glyphs)
        addBody(of: entry, to: &body, isCursor)
        line.add(body)
        line.addRight(right, fill)
        return line.filled(fill)
    }

    private func sign(of entry: FeedEntry) -> (String, Style) {
        if case .refused = entry.outcome { return (glyphs.failed, theme.failure) }
        return theme.sign(of: entry.patch.operation, glyphs)
    }

    private func addBody(of entry: FeedEntry, to line: inout LineBuilder, _ isCursor: Bool) {
        let text = onCursor(theme.text, isCursor)
        let faint = onCursor(theme.faint, isCursor)
        let path = entry.patch.path
        if case .refused(let refusal) = entry.outcome {
            line.add(path.shortened(to: 3, glyphs), text)
            line.add("  refused: \(refusal.message)", onCursor(theme.failure, isCursor))
            return
        }
        switch entry.patch.operation {
        case .move(let target):
            line.add(path.shortened(to: 3, glyphs), text)
            line.add("  \(glyphs.arrow)  ", faint)
            line.add(target.shortened(to: 3, glyphs), text)
        case .add(let value):
            addPath(path, to: &line, text)
            line.add(value.brief(limit: size.columns), onCursor(theme.style(for: value), isCursor))
        case .edit(let value):
            addPath(path, to: &line, text)
            addDifferences(entry, value, to: &line, isCursor)
        case .delete:
            addPath(path, to: &line, text)
            if let old = entry.differences.first?.old {
                line.add(old.brief(limit: size.columns), faint)
            } else if entry.removed > 1 {
                line.add("\(entry.removed) nodes", faint)
            }
        case .execute(let value):
            addPath(path, to: &line, text)
            line.add(value?.brief(limit: size.columns) ?? "", faint)
        }
    }

    private func addPath(_ path: TreePath, to line: inout LineBuilder, _ style: Style) {
        let column = max(12, min(40, size.columns * 3 / 10))
        let start = line.columns
        line.addEnd(of: path.shortened(to: 3, glyphs), style, limit: column)
        line.pad(to: start + column, style)
        line.add("  ", style)
    }

    private func addDifferences(
        _ entry: FeedEntry, _ value: JSONValue, to line: inout LineBuilder, _ isCursor: Bool
    ) {
        let faint = onCursor(theme.faint, isCursor)
        guard !entry.differences.isEmpty else {
            line.add(value.brief(limit: size.columns), faint)
            return
        }
        for (index, difference) in entry.differences.enumerated() {
            if index > 0 { line.add(", ", faint) }
            if !difference.name.isEmpty { line.add("\(difference.name)  ", onCursor(theme.key, isCursor)) }
            let told = difference.told(limit: size.columns, room: size.columns / 5, glyphs)
            if let old = told.old {
                line.add(old, faint, limit: size.columns / 5)
                line.add(" \(glyphs.arrow) ", faint)
            }
            let style = theme.style(for: difference.new ?? .null)
            line.add(told.new ?? JSONValue.null.text, onCursor(style, isCursor))
        }
    }

    private func onCursor(_ style: Style, _ isCursor: Bool) -> Style {
        isCursor ? theme.onCursor(style, isFocused: model.focus == .feed) : style
    }
}
