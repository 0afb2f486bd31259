public import TreenityStore

/// What was found in this user's files.
public enum KeptEvent: Sendable {
    /// What can be undone and redone after an earlier run, under this epoch.
    case undo(UndoStack, epoch: String)
    /// What was copied last, by any client of this user; `nil`: that is not known.
    case register(Clipping?)
    /// Where an earlier run ended.
    case place(KeptPlace)
}
