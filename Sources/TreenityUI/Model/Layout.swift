/// The parts of the screen that can be in use.
enum Pane: Sendable, CaseIterable {
    case tree, inspector, feed
}

/// Which panes are shown, and how large.
struct Layout: Sendable {
    var hidden: Set<Pane> = []
    /// The pane that has the screen alone.
    var maximized: Pane?
    /// Differences from the usual extents, in columns and rows.
    var inspectorGrowth = 0
    var feedGrowth = 0

    /// From this width on the inspector stands beside the tree.
    static let wide = 100

    /// The places of the panes on a screen, frames not counted in.
    struct Frames: Equatable {
        var tree: Size?
        var inspector: Size?
        var feed: Size?
        /// Whether there are lines around the panes.
        var isFramed: Bool
        var hasStatus: Bool
        var hasHints: Bool
        /// The inspector stands beside the tree.
        var isSplit: Bool { tree != nil && inspector != nil }
    }

    /// - Parameter opensInspector: on a narrow screen the inspector takes the tree's place.
    func frames(_ size: Size, opensInspector: Bool) -> Frames {
        let isFramed = size.rows >= 10 && size.columns >= 30
        let hasStatus = size.rows >= 3
        let hasHints = size.rows >= 6
        var shown = Pane.allCases.filter { !hidden.contains($0) }
        if let maximized { shown = [maximized] }
        if size.columns < Layout.wide, shown.contains(.inspector), shown.contains(.tree) {
            shown.removeAll { $0 == (opensInspector ? .tree : .inspector) }
        }
        if size.rows < 12, shown.count > 1 { shown.removeAll { $0 == .feed } }
        if shown.isEmpty { shown = [.tree] }
        return Layout.Frames(
            size, shown: shown, isFramed: isFramed, hasStatus: hasStatus, hasHints: hasHints, layout: self)
    }
}

extension Layout.Frames {
    fileprivate init(
        _ size: Size, shown: [Pane], isFramed: Bool, hasStatus: Bool, hasHints: Bool, layout: Layout
    ) {
        self.isFramed = isFramed
        self.hasStatus = hasStatus
        self.hasHints = hasHints
        let columns = max(1, size.columns - (isFramed ? 2 : 0))
        var rows = size.rows - (hasStatus ? 1 : 0) - (isFramed ? 2 : hasHints ? 1 : 0)
        let hasUpper = shown.contains(.tree) || shown.contains(.inspector)
        if shown.contains(.feed) {
            let usual = hasUpper ? max(3, rows / 4) : rows
            let extent = hasUpper ? min(max(1, usual + layout.feedGrowth), max(1, rows - 4)) : rows
            feed = Size(columns: columns, rows: max(1, extent))
            rows -= extent + (isFramed ? 1 : 0)
        }
        guard hasUpper else { return }
        rows = max(1, rows)
        if shown.contains(.tree), shown.contains(.inspector) {
            let usual = columns * 2 / 5
            let width = min(max(16, usual + layout.inspectorGrowth), columns - 24)
            inspector = Size(columns: width, rows: rows)
            tree = Size(columns: columns - width - 1, rows: rows)
        } else if shown.contains(.tree) {
            tree = Size(columns: columns, rows: rows)
        } else {
            inspector = Size(columns: columns, rows: rows)
        }
    }
}
