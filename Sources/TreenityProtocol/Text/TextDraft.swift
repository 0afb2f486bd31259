/// What a user has typed and no server has taken: kept, so that nothing is lost that was once on the screen.
public struct TextDraft: Sendable {
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

extension TextDraft: Hashable {
    /// Texts are equal byte for byte.
    public static func == (one: TextDraft, other: TextDraft) -> Bool {
        one.edit == other.edit && one.text.hasSameBytes(as: other.text)
            && one.confirmed.hasSameBytes(as: other.confirmed)
    }

    /// Hashes the bytes of the text.
    public func hash(into hasher: inout Hasher) {
        text.hashBytes(into: &hasher)
    }
}
