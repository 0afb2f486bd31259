/// What happened around editing.
public enum EditingEvent: Sendable {
    /// Drafts that an earlier run left.
    case draftsRestored([Draft])
    /// The user's own editor came to its end.
    case externalEditorEnded(id: Int, ExternalOutcome)
}
