import TreenityProtocol
import TreenityStore

/// Draws the properties of the node under the cursor.
struct InspectorView: Drawing {
    let model: Model
    let size: Size

    private var properties: [Replica.Property] { model.inspectedProperties }

    /// The lines, and where among them the cursor of an edit in place stands.
    func lines() -> (lines: [LineBuilder], cursor: Screen.Position?) {
        guard let node = model.outline.node, model.tree.contains(node) else {
            return ([faint("nothing is here any more")], nil)
        }
        let properties = properties
        guard !properties.isEmpty else { return ([faint("no properties"), blank] + footer(node), nil) }
        let selected = properties.firstIndex { $0.name == model.inspectedProperty }
        let keyWidth = keyColumn(properties)
        var cursor: Screen.Position?
        var lines: [LineBuilder] = []
        for property in properties[onView(of: properties)] {
            let (line, column) = line(property, keyWidth: keyWidth)
            if let column { cursor = Screen.Position(row: lines.count, column: column) }
            lines.append(line)
        }
        if let selected, lines.count < size.rows { lines += fullValue(properties[selected], keyWidth) }
        if lines.count + 2 <= size.rows { lines += [blank] + footer(node) }
        return (Array(lines.prefix(size.rows)), cursor)
    }

    /// Which of the properties are on view, one a row.
    private func onView(of properties: [Replica.Property]) -> Range<Int> {
        let selected = properties.firstIndex { $0.name == model.inspectedProperty } ?? 0
        let room = max(1, size.rows - (size.rows > 6 ? 2 : 0))
        let first = max(0, min(selected - room / 2, properties.count - room))
        return first..<min(first + room, properties.count)
    }

    /// The property that a row shows.
    func property(at row: Int) -> Name? {
        let properties = properties
        let onView = onView(of: properties)
        return row < onView.count ? properties[onView.lowerBound + row].name : nil
    }

    private var blank: LineBuilder { LineBuilder(width: size.columns, glyphs: glyphs) }

    private func faint(_ text: String) -> LineBuilder {
        var line = blank
        line.add(" " + text, theme.faint)
        return line
    }

    private func keyColumn(_ properties: [Replica.Property]) -> Int {
        let longest = properties.map { DisplayText($0.name.text, limit: 40).columns }.max() ?? 0
        return min(longest, max(6, size.columns * 2 / 5))
    }

    private func line(_ property: Replica.Property, keyWidth: Int) -> (LineBuilder, cursorColumn: Int?) {
        let isCursor = model.focus == .inspector && property.name == model.inspectedProperty
        let fill = onCursor(theme.text, isCursor)
        var line = blank
        line.add(" ", fill)
        let mark = onCursor(theme.match, isCursor)
        line.add(
            property.name.text, onCursor(theme.key, isCursor), limit: keyWidth, marking: model.highlighted, mark)
        line.pad(to: keyWidth + 3, fill)
        if let editor = model.editorInPlace(of: property.name) {
            let column = line.columns
            let cursor = line.add(editor.field, theme.string, mistake: editor.typed.problem?.place)
            return (line.filled(theme.string), column + cursor)
        }
        let note = changeNote(property, isCursor)
        let noteWidth = note.reduce(0) { $0 + DisplayText($1.0).columns } + 1
        let limit = line.room > noteWidth + 16 ? line.room - noteWidth : line.room
        line.add(
            property.value.brief(limit: size.columns), onCursor(theme.style(for: property.value), isCursor),
            limit: limit, marking: model.highlighted, mark)
        line.addRight(note, fill)
        return (line.filled(fill), nil)
    }

    /// Who changed the property and when, as long as that is news.
    private func changeNote(_ property: Replica.Property, _ isCursor: Bool) -> [(String, Style)] {
        let stamp = property.stamp
        let elapsed = model.shownNow.milliseconds - stamp.timestamp.milliseconds
        guard stamp.timestamp.milliseconds > 0, elapsed < 3_600_000, !stamp.sender.isEmpty else { return [] }
        let age = Human.age(from: stamp.timestamp, to: model.shownNow)
        let isFresh = elapsed < ChangeMarks.lifetime
        return [
            (isFresh ? "\(glyphs.edited) " : "", onCursor(theme.edited, isCursor)),
            ("\(age) \(stamp.sender) ", onCursor(theme.faint, isCursor)),
        ]
    }

    /// The selected value over as many lines as it takes, where one was not enough.
    private func fullValue(_ property: Replica.Property, _ keyWidth: Int) -> [LineBuilder] {
        let text = DisplayText(property.value.brief(limit: size.columns * size.rows))
        let width = size.columns - 3
        guard text.columns > size.columns - keyWidth - 4, width > 8 else { return [] }
        var lines = [blank]
        var line = blank
        line.add("  ", theme.text)
        for scalar in text.text.unicodeScalars {
            if line.room <= ScalarDisplay(scalar).width {
                lines.append(line)
                line = blank
                line.add("  ", theme.text)
            }
            line.add(String(scalar), theme.style(for: property.value))
        }
        return lines + [line]
    }

    private func footer(_ node: NodeID) -> [LineBuilder] {
        let stamp = model.tree.stamp(of: node)
        guard stamp.timestamp.milliseconds > 0 else { return [] }
        let age = Human.age(from: stamp.timestamp, to: model.shownNow)
        return [faint("changed \(age) ago" + (stamp.sender.isEmpty ? "" : " by \(stamp.sender)"))]
    }

    private func onCursor(_ style: Style, _ isCursor: Bool) -> Style {
        isCursor ? theme.onCursor(style, isFocused: true) : style
    }
}

extension LineBuilder {
    /// Adds a line that is being typed, so that its cursor is in sight.
    ///
    /// - Parameter mistake: the place of a character that is wrong.
    /// - Returns: the cursor's column, counted from where the field starts.
    mutating func add(_ field: TextField, _ style: Style, mistake: Int? = nil) -> Int {
        let characters = field.characters
        var first = field.cursor
        var before = 0
        while first > 0, before + characters[first - 1].columns < max(1, room) {
            first -= 1
            before += characters[first].columns
        }
        for (place, character) in characters.enumerated().dropFirst(first) {
            guard character.columns <= room else { break }
            var shown = style
            if place == mistake { shown.attributes.formUnion([.reverse, .bold]) }
            add(String(character), shown)
        }
        return before
    }
}

extension Model {
    /// The editor of a line that is typed in the place of a property's value.
    func editorInPlace(of name: Name) -> Editor? {
        guard case .editor(let editor) = dialog, editor.form == .line, editor.subject.name == name,
            editor.subject.node == outline.node
        else { return nil }
        return editor
    }
}
