/// Stops the screen, and goes through what was.
enum TimeCommand: Hashable, Sendable {
    /// Stops the screen, or lets it go on.
    case freeze
    /// What happened to the node under the cursor.
    case nodeHistory
    case patchBack, patchForward, minuteBack, minuteForward
}
