/// An edit that the server refused, and what that leads to.
public struct RefusedEdit: Sendable {
    /// The edit, which is not pending any more; what it did is undone.
    public let edit: PendingEdit
    /// Later edits that stood on it and are not shown any more. They stay pending until the server answers.
    public let blocked: [PendingEdit]
}
