/// Draws what the keys that were pressed can go on with, for a user who hesitates.
struct KeyListView: Drawing {
    let model: Model
    let width: Int

    private static let leastCell = 36

    /// Down the columns; that some have no room is said.
    func list(rows: Int) -> [LineBuilder] {
        let entries = self.entries
        guard !entries.isEmpty, rows > 0 else { return [] }
        let columns = max(1, width / KeyListView.leastCell)
        let count = min(rows, (entries.count + columns - 1) / columns)
        let keyWidth = entries.map { DisplayText($0.key).columns }.max() ?? 0
        return (0..<count).map { row in
            var line = LineBuilder(width: width, glyphs: glyphs)
            for column in 0..<columns {
                let place = column * count + row
                guard place < entries.count else { break }
                line.pad(to: width * column / columns, bar(theme.text))
                let end = width * (column + 1) / columns
                let isLast = row == count - 1 && column == columns - 1
                let rest = entries.count - place
                if isLast, rest > 1 {
                    line.add(" and \(rest) more, in the help", bar(theme.faint), limit: end - line.columns)
                } else {
                    add(entries[place], keyWidth, upTo: end - 1, to: &line)
                }
            }
            return line.filled(bar(theme.text))
        }
    }

    private var entries: [(key: String, summary: String)] {
        let pressed = model.keys.keys
        return model.keymap.continuations(of: pressed).compactMap { keys, binding in
            guard !binding.summary.isEmpty else { return nil }
            return (KeyNotation.text(Array(keys.dropFirst(pressed.count))), binding.summary)
        }
    }

    private func add(
        _ entry: (key: String, summary: String), _ keyWidth: Int, upTo end: Int, to line: inout LineBuilder
    ) {
        let start = line.columns
        line.add(" \(entry.key)", bar(theme.key))
        line.pad(to: start + keyWidth + 3, bar(theme.text))
        // Its details are for the help.
        let room = max(0, end - line.columns)
        let isWhole = DisplayText(entry.summary).columns <= room
        let shown = isWhole ? entry.summary[...] : entry.summary.prefix { !";:,".contains($0) }
        line.add(shown, bar(theme.text), limit: room)
    }

    private func bar(_ style: Style) -> Style { theme.inList(style, isChosen: false) }
}
