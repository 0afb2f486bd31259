/// How much of the row under the cursor is marked.
public enum CursorMark: String, CaseIterable, Sendable {
    /// The name: least is written when the cursor moves.
    case name
    /// All of it.
    case row
}
