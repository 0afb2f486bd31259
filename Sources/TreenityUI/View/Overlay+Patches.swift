import TreenityProtocol
import TreenityStore

extension Model {
    func overlay(of page: CompanyPage) -> Overlay {
        let company = company
        let (theme, width) = (settings.theme, pageSize.columns)
        var title = "who is here \(settings.glyphs.dash) \(Human.counted(Set(presences.map(\.user)).count, "user"))"
        // Where nobody has to say who they are, all are one.
        if Set(presences.map(\.user)).count < presences.count {
            title += ", \(Human.counted(presences.count, "session"))"
        }
        guard !company.isEmpty else {
            return Overlay(title: "who is here", lines: [textLine("nobody else is here", theme.faint)])
        }
        let names = company.prefix(1_000).map { DisplayText($0.user, limit: 24).columns }.max() ?? 0
        let first = PageMotion.first(showing: page.row, of: company.count, height: pageHeight)
        return Overlay(title: title, rows: company, from: first, height: pageHeight) { place, presence in
            func style(_ style: Style) -> Style {
                place == page.row ? theme.onCursor(style, isFocused: true) : style
            }
            var line = LineBuilder(width: width, glyphs: settings.glyphs)
            line.add(" ", style(theme.text))
            line.add(presence.user, style(theme.color(of: presence.user)), limit: 24)
            line.pad(to: min(names, 24) + 4, style(theme.text))
            line.add(
                presence.path?.text ?? "shows nobody where", style(presence.path == nil ? theme.faint : theme.text))
            return line.filled(style(theme.text))
        }
    }

    func overlay(of question: RevertQuestion) -> Overlay {
        Overlay(title: question.title, rows: rows(of: question), from: question.scroll, height: pageHeight) {
            textLine($1.text, $1.style)
        }
    }

    func overlay(of page: NodeHistory) -> Overlay {
        let rows = page.rows
        let cursorRow = rows.firstIndex { $0.item == page.cursor } ?? 0
        let first = max(0, min(cursorRow - pageHeight / 3, rows.count - pageHeight))
        var overlay = Overlay(title: "history of \(page.path)", rows: rows, from: first, height: pageHeight) {
            line($1, of: page)
        }
        if rows.isEmpty, page.question == nil, page.rest == nil {
            overlay.lines.append(textLine("no patch of it is remembered", settings.theme.faint))
        }
        if overlay.lines.count < pageHeight, let remark = remark(on: page) {
            overlay.lines.append(textLine(remark, settings.theme.faint))
        }
        return overlay
    }

    private func remark(on page: NodeHistory) -> String? {
        if page.question != nil { return "the server is asked \(settings.glyphs.ellipsis)" }
        if page.rest != nil { return "looking further back \(settings.glyphs.ellipsis)" }
        return page.remark
    }

    private func textLine(_ text: String, _ style: Style) -> LineBuilder {
        var line = LineBuilder(width: pageSize.columns, glyphs: settings.glyphs)
        line.add(" " + text, style)
        return line
    }

    private func line(_ row: NodeHistory.Row, of page: NodeHistory) -> LineBuilder {
        let (theme, glyphs) = (settings.theme, settings.glyphs)
        let item = page.items[row.item]
        let isCursor = row.item == page.cursor && row.difference == nil
        func style(_ style: Style) -> Style { isCursor ? theme.onCursor(style, isFocused: true) : style }
        var line = LineBuilder(width: pageSize.columns, glyphs: glyphs)
        guard let place = row.difference else {
            let (sign, signStyle) = theme.sign(of: item.patch.operation, glyphs)
            let age = Human.age(from: item.time, to: serverNow)
            line.add(" \(Human.preciseTime(item.time, offset: settings.utcOffset)) ", style(theme.faint))
            line.add("\(sign) \(item.patch.operation.name)", style(signStyle))
            line.add("  \(item.patch.sender)", style(theme.color(of: item.patch.sender)))
            line.add("  \(age) ago", style(theme.faint))
            if item.patch.path != page.path { line.add("  \(item.patch.path.text)", style(theme.text)) }
            if case .move(let target) = item.patch.operation {
                line.add("  \(glyphs.arrow)  \(target)", style(theme.text))
            }
            return line.filled(style(theme.text))
        }
        let difference = item.differences[place]
        let name = difference.name.isEmpty ? item.patch.path.name?.text ?? "" : difference.name
        line.add("     \(name)  ", theme.key)
        let room = pageSize.columns * 2 / 5
        let told = difference.told(limit: pageSize.columns, room: room, glyphs)
        if let old = told.old {
            line.add(old, theme.deleted, limit: room)
            line.add(" \(glyphs.arrow) ", theme.faint)
        }
        if let new = told.new {
            line.add(new, theme.added)
        } else {
            line.add("gone", theme.faint)
        }
        return line
    }
}

extension NodeHistory {
    /// A line of the page: of an item, the head, or one of its differences.
    struct Row {
        var item: Int
        var difference: Int?
    }

    var rows: [Row] {
        items.indices.flatMap { item in
            [Row(item: item, difference: nil)] + items[item].differences.indices.map { Row(item: item, difference: $0) }
        }
    }
}

extension Theme {
    func sign(of operation: Patch.Operation, _ glyphs: Glyphs) -> (String, Style) {
        switch operation {
        case .add: (glyphs.added, added)
        case .edit: (glyphs.edited, edited)
        case .delete: (glyphs.deleted, deleted)
        case .move: (glyphs.moved, moved)
        case .execute: (glyphs.executed, executed)
        }
    }

    /// The same for a user at all times, and of different users often different ones.
    func color(of user: String) -> Style {
        let styles = [good, moved, executed, number, key, edited]
        let hash = user.utf8.reduce(UInt32(5381)) { $0 &* 33 &+ UInt32($1) }
        var style = styles[Int(hash % UInt32(styles.count))]
        style.attributes.insert(.bold)
        return style
    }
}
