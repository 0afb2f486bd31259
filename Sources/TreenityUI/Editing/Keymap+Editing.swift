extension Keymap {
    /// Beside the commands that change the tree at once.
    static let editing = Group(
        "Editing texts",
        [
            Binding(
                "e", .editing(.openExternally), "edit the node as JSON, or the property, in $VISUAL or $EDITOR",
                hint: "editor"),
            Binding("gd", .editing(.listDrafts), "drafts: what was typed and not saved", hint: "drafts"),
        ])
}
