enum EditingCommand: Hashable, Sendable {
    /// In the editor that the user has chosen for all programs.
    case openExternally
    case listDrafts
}
