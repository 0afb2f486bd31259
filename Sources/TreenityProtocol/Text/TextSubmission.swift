/// A text edit to be sent, with all that its patch says but the time.
public struct TextSubmission: Hashable, Sendable {
    /// The patch's `id`.
    public let id: String
    /// The property's address as of ``base``; the server follows later moves from there.
    public let path: TreePath
    /// The place in the order up to which the edited text was true.
    public let base: SequenceNumber
    /// The edit.
    public let edit: TextEdit

    /// A submission of these parts.
    public init(id: String, path: TreePath, base: SequenceNumber, edit: TextEdit) {
        self.id = id
        self.path = path
        self.base = base
        self.edit = edit
    }

    /// The patch that carries the edit.
    public func patch(timestamp: Timestamp? = nil) -> Patch {
        Patch(.edit(edit.json), path, timestamp: timestamp, id: id, base: base)
    }
}
