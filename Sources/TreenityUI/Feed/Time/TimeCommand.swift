/// Stops the screen, and goes through what was.
enum TimeCommand: Hashable, Sendable {
    /// Stops the screen, or lets it go on.
    case freeze
    case patchBack, patchForward, minuteBack, minuteForward
}
