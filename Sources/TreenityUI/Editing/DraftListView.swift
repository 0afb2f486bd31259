import TreenityProtocol
import TreenityStore

/// Draws the list of drafts.
struct DraftListView: Drawing {
    let model: Model
    let list: DraftList

    func overlay() -> Overlay {
        let size = model.sheetSize
        let drafts = model.listedDrafts
        let first = PageMotion.first(showing: list.selected, of: drafts.count, height: size.rows)
        return Overlay(extent: .upperPanes, title: "drafts", rows: drafts, from: first, height: size.rows) {
            line($1, isCursor: $0 == list.selected)
        }
    }

    private func line(_ draft: Draft, isCursor: Bool) -> LineBuilder {
        func style(_ style: Style) -> Style { isCursor ? theme.onCursor(style, isFocused: true) : style }
        var line = LineBuilder(width: model.sheetSize.columns, glyphs: glyphs)
        line.add(" \(Human.age(from: draft.time, to: model.serverNow))", style(theme.faint))
        line.pad(to: 6, style(theme.text))
        if line.width >= 30 {
            line.add(draft.kind.summary, style(theme.key))
            line.pad(to: 14, style(theme.text))
        }
        line.addEnd(of: draft.path.text, style(theme.name), limit: line.room / 2)
        line.add("  ", style(theme.text))
        if model.tree.item(at: draft.path) == nil { line.add("gone  ", style(theme.warning)) }
        line.add(draft.text, style(theme.string))
        return line.filled(style(theme.text))
    }
}

extension Draft.Kind {
    fileprivate var summary: String {
        switch self {
        case .value: "value"
        case .node: "node"
        case .addition: "add"
        case .name: "rename"
        }
    }
}
