extension Layout.Frames {
    /// A cell of a pane.
    struct Place: Equatable {
        var pane: Pane
        /// Counted from the pane's own upper left cell, lines around it not counted in.
        var row: Int
        var column: Int
    }

    /// The pane's cell that is at a position of the screen; `nil`: a line, a bar, or nothing.
    func place(at position: Screen.Position) -> Place? {
        let inset = isFramed ? 1 : 0
        var row = position.row - (hasStatus ? 1 : 0)
        if let height = (tree ?? inspector)?.rows {
            row -= inset
            if row < height { return upperPlace(row: row, column: position.column - inset) }
            row -= height
        }
        guard let feed else { return nil }
        return place(.feed, feed, row: row - inset, column: position.column - inset)
    }

    private func upperPlace(row: Int, column: Int) -> Place? {
        if let tree, let found = place(.tree, tree, row: row, column: column) { return found }
        guard let inspector else { return nil }
        let offset = tree.map { $0.columns + 1 } ?? 0
        return place(.inspector, inspector, row: row, column: column - offset)
    }

    private func place(_ pane: Pane, _ size: Size, row: Int, column: Int) -> Place? {
        guard 0..<size.rows ~= row, 0..<size.columns ~= column else { return nil }
        return Place(pane: pane, row: row, column: column)
    }
}
