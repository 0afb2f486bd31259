import TreenityProtocol
import TreenityStore

extension Model {
    private static let rowsOfWheel = 3

    /// A click selects, on the marker folds, a second one on the same thing opens it; the wheel scrolls what is under it.
    mutating func point(_ mouse: Mouse) -> [Effect] {
        guard dialog == nil else { return overlay == nil ? [] : scrollPage(mouse.action) }
        guard let place = frames.place(at: mouse.position) else { return [] }
        switch mouse.action {
        case .wheelDown: scroll(place.pane, by: Model.rowsOfWheel)
        case .wheelUp: scroll(place.pane, by: -Model.rowsOfWheel)
        case .press: return click(place)
        }
        return []
    }

    private var inspectorView: InspectorView? { frames.inspector.map { InspectorView(model: self, size: $0) } }

    /// Gives the mouse to the terminal, or takes it again.
    mutating func toggleMouse() -> [Effect] {
        let old = settings
        settings.usesMouse.toggle()
        notice = .information(
            settings.usesMouse
                ? "the mouse selects, folds and scrolls here" : "the mouse is left to the terminal's own selection")
        return settingsChanged(from: old)
    }

    /// On what lies over the panes the wheel does what the arrow keys do.
    private mutating func scrollPage(_ action: Mouse.Action) -> [Effect] {
        switch action {
        case .wheelDown: (0..<Model.rowsOfWheel).flatMap { _ in press(.down) }
        case .wheelUp: (0..<Model.rowsOfWheel).flatMap { _ in press(.up) }
        case .press: []
        }
    }

    private mutating func scroll(_ pane: Pane, by rows: Int) {
        switch pane {
        case .tree: outline.scroll(by: rows, in: tree)
        case .inspector, .feed:
            let used = focus
            focus = pane
            move(rows > 0 ? .next : .previous, abs(rows))
            focus = used
        }
    }

    private mutating func click(_ place: Layout.Frames.Place) -> [Effect] {
        notice = nil
        keys = KeySequence()
        focus = place.pane
        let (target, isOnMarker) = select(place)
        let isDouble = pointer.click(target, at: now)
        guard target != nil, isDouble || isOnMarker else { return [] }
        return perform(.move(.open), count: nil)
    }

    /// Puts the pane's cursor on what is at a place.
    private mutating func select(_ place: Layout.Frames.Place) -> (target: Pointer.Target?, isOnMarker: Bool) {
        switch place.pane {
        case .tree:
            guard outline.rows.indices.contains(place.row) else { return (nil, false) }
            let row = outline.rows[place.row]
            outline.cursor = row.content
            outline.cursorRow = place.row
            let marker = TreeView.marker(of: row, columns: frames.tree?.columns ?? 0, shift: outline.shift)
            return (Pointer.Target(row.content), marker.contains(place.column))
        case .inspector:
            guard let node = outline.node, let name = inspectorView?.property(at: place.row) else {
                return (nil, false)
            }
            chosenProperty = name
            return (.property(node, name), false)
        case .feed:
            let visible = feed.visible(height: frames.feed?.rows ?? 0)
            guard visible.indices.contains(place.row) else { return (nil, false) }
            let number = visible[place.row].number
            feed.selection = number
            return (.patch(number: number), false)
        }
    }
}
