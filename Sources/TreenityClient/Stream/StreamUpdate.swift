public import TreenityProtocol
public import TreenityStore

/// What a ``PatchStream`` has to tell.
public enum StreamUpdate: Sendable {
    /// The connection stands otherwise than before.
    case state(ConnectionState)
    /// The tree as it is, with all that the stream is for: at first, and whenever it had to be loaded anew.
    ///
    /// Streams that share a socket share the tree, which may therefore hold more than the stream is for.
    case snapshot(Replica)
    /// One change, of others or one's own. An edit is told twice: when it is made, its patch without `seq`, and when the
    /// server has decided on it.
    case changed(Change)
    /// An edit was refused, and what it did is undone.
    case refused(id: String, Refusal)
    /// Where every user's cursor is.
    case presence([Presence])
}

extension StreamUpdate: Waitable {
    var weight: Int { 1 }

    /// Only the newest presence counts.
    mutating func absorb(_ next: StreamUpdate) -> Bool {
        guard case .presence = self, case .presence = next else { return false }
        self = next
        return true
    }
}
