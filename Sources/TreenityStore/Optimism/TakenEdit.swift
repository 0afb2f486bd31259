import TreenityProtocol

/// An edit of which the server has sent a patch in a session, and no answer yet.
///
/// Its answer may be lost with the connection. Then it is sent again: the server knows it by its `id`, and repeats the
/// answer.
struct TakenEdit: Sendable {
    /// What it did is part of the confirmed tree.
    let edit: PendingEdit
    /// The patch that came, or the first of several.
    let decided: Patch

    init(_ edit: PendingEdit, as decided: Patch) {
        var edit = edit
        edit.becomeTaken()
        self.edit = edit
        self.decided = decided
    }
}
