/// What lies over the tree and the inspector while a dialog needs the room.
struct EditingSheet {
    var title: String
    var lines: [LineBuilder]
    /// Where among the lines the cursor stands.
    var cursor: Screen.Position?
}

extension Model {
    /// The room of a sheet, its frame not counted in.
    var sheetSize: Size {
        let frames = frames
        let pane = frames.tree ?? frames.inspector ?? frames.feed
        return Size(columns: max(1, size.columns - (frames.isFramed ? 2 : 0)), rows: max(1, pane?.rows ?? size.rows))
    }

    /// What lies over the panes; `nil`: nothing.
    func editingSheet() -> EditingSheet? {
        if case .editor(let editor) = dialog, editor.form == .page {
            return EditorPageView(model: self, editor: editor).sheet()
        }
        if case .conflict(let conflict) = dialog { return ConflictView(model: self, conflict: conflict).sheet() }
        if case .drafts(let list) = dialog { return DraftListView(model: self, list: list).sheet() }
        return nil
    }
}
