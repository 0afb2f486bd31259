import TreenityProtocol
import TreenitySequencer

/// An action that is to be run now.
struct Execution: Hashable, Sendable {
    /// The `EXECUTE` as it was sent on.
    let patch: Patch

    /// Whose it is, and how it is called there: those who send the same again wait for the same end.
    struct Key: Hashable, Sendable {
        var user: String
        var id: String
    }

    /// `nil`: it has no `id`.
    var key: Key? { patch.id.map { Key(user: patch.sender, id: $0) } }
}
