/// What a user has typed and no server has taken: kept, so that nothing is lost that was once on the screen.
public struct TextDraft: Hashable, Sendable {
    /// The text as it was displayed.
    public let text: String
    /// The user's edits, as one edit of ``confirmed``.
    public let edit: TextEdit
    /// The text without them.
    public let confirmed: String

    /// A draft of these parts.
    public init(text: String, edit: TextEdit, confirmed: String) {
        self.text = text
        self.edit = edit
        self.confirmed = confirmed
    }
}
