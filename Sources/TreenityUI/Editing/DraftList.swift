import TreenityProtocol

/// The list of drafts on the screen, the newest first.
struct DraftList: Sendable {
    var selected = 0
    /// The pane that was in use, and is again.
    var pane: Pane
}
