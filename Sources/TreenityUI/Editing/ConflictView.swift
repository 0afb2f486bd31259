import TreenityProtocol

/// Draws what the user and others made of the same values, one below the other.
struct ConflictView: Drawing {
    let model: Model
    let conflict: Conflict

    private static let rowsOfField = 5
    private var hasLabels: Bool { model.sheetSize.columns >= 30 }

    func overlay() -> Overlay {
        let size = model.sheetSize
        var lines: [LineBuilder] = []
        for (number, field) in conflict.fields.enumerated() {
            lines += rows(field, isCursor: number == conflict.cursor)
        }
        let own = conflict.undisputed.count
        if own > 0 {
            lines.append(line([("and \(Human.counted(own, "change")) that only you made", theme.faint)]))
        }
        let end = (conflict.cursor + 1) * ConflictView.rowsOfField
        let first = max(0, min(end - size.rows, lines.count - size.rows))
        let title = "\(conflict.editor.subject.path.text) \(glyphs.dash) changed by others"
        return Overlay(extent: .upperPanes, title: title, rows: lines, from: first, height: size.rows) { $1 }
    }

    private func rows(_ field: Conflict.Field, isCursor: Bool) -> [LineBuilder] {
        let change = field.change
        let start = sharedStart(of: [change.base, change.mine, change.theirs].compactMap { $0 })
        let name = change.path.replacing(conflict.editor.subject.path, with: .root)?.names
        let label = name.map { $0.isEmpty ? change.path.name?.text ?? "" : $0.map(\.text).joined(separator: "/") }
        let style = isCursor ? theme.onCursor(theme.title, isFocused: true) : theme.title
        return [
            line([(label ?? change.path.text, style)]),
            row("b", "as it was", change.base, start, isChosen: field.choice == .base),
            row("m", "mine", change.mine, start, isChosen: field.choice == .mine),
            row("t", "theirs", change.theirs, start, isChosen: field.choice == .theirs),
            line([]),
        ]
    }

    private func row(_ key: String, _ label: String, _ value: JSONValue?, _ start: Int, isChosen: Bool) -> LineBuilder {
        var line = line([(isChosen ? glyphs.live : " ", theme.good), (" \(key)  ", theme.key)])
        if hasLabels {
            line.add(label, theme.faint)
            line.pad(to: 17, theme.text)
        }
        guard let value else {
            line.add("nothing", theme.faint)
            return line
        }
        let text = value.text
        let shown = start == 0 ? text[...] : "\(glyphs.ellipsis)" + text.dropFirst(start)
        line.add(shown, isChosen ? theme.good : theme.style(for: value))
        return line
    }

    private func line(_ spans: [(String, Style)]) -> LineBuilder {
        var line = LineBuilder(width: model.sheetSize.columns, glyphs: glyphs)
        line.add(" ", theme.text)
        for (text, style) in spans { line.add(text, style) }
        return line
    }

    /// Long texts are shown from a little before the place where they part.
    private func sharedStart(of values: [JSONValue]) -> Int {
        let room = model.sheetSize.columns - (hasLabels ? 20 : 6)
        guard let first = values.first?.text, values.contains(where: { $0.text.utf8.count > room }) else { return 0 }
        let shared = values.dropFirst().reduce(first.count) { length, value in
            min(length, zip(first, value.text).prefix { $0 == $1 }.count)
        }
        return max(0, shared - 12)
    }
}
