import TreenityProtocol

/// A text for the editor that the user has chosen for all programs.
public struct ExternalEdit: Hashable, Sendable {
    /// What it holds.
    public enum Format: String, Hashable, Sendable {
        /// Plain text.
        case text = "txt"
        /// JSON.
        case json
    }

    /// By which the answer names it.
    public var id: Int
    /// What the text is about, in a word: a name for the file.
    public var name: String
    /// What to edit.
    public var text: String
    /// What it holds.
    public var format: Format

    /// An edit of these parts.
    public init(id: Int, name: String, text: String, format: Format) {
        self.id = id
        self.name = name
        self.text = text
        self.format = format
    }
}

/// What came of an ``ExternalEdit``.
public enum ExternalOutcome: Hashable, Sendable {
    /// The text, as it was when the editor ended.
    case text(String)
    /// The program comes to its end before the editor: the text as it was then.
    case interrupted(String)
    /// The editor could not be run, or failed: why.
    case failed(String)
}
