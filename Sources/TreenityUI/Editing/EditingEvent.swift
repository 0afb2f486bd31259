/// What happened around editing.
public enum EditingEvent: Sendable {
    /// Drafts that an earlier run left.
    case draftsRestored([Draft])
    /// The user's own editor came to its end.
    case externalEditorEnded(id: Int, ExternalOutcome)
}

/// What editing asks of the world around it.
public enum EditingEffect: Equatable, Sendable {
    /// Keep these drafts, and no others, so that they outlive the program.
    case keepDrafts([Draft])
    /// Let the user edit a text in the editor of their choice, and give the terminal to it.
    case openExternally(ExternalEdit)
}
