public import TreenityProtocol

/// What happens on a ``PatchConnection``.
public enum SessionEvent: Hashable, Sendable {
    /// The connection stands otherwise than before.
    case state(ConnectionState)
    /// A chunk of a subtree as it is.
    case snapshot(Snapshot)
    /// What a subscription missed between two places in the order follows, in place of a snapshot. The patches of several
    /// such follow one another, each from its own place on.
    case resumed(id: String, from: SequenceNumber, to: SequenceNumber)
    /// The whole tree as it is, on a bare connection; `nil` where the server does not tell it, so that it grows from the
    /// patches. `seq` tells for which place in the order, where the server does.
    case tree(JSONValue?, seq: SequenceNumber?)
    /// Patches in order: all that were at hand.
    case patches([Patch])
    /// All patches up to here have come that this session sees.
    case reached(SequenceNumber)
    /// A patch or batch was taken.
    case acknowledged(Acknowledgement)
    /// A frame was refused; of a subscription that means that it has ended.
    case refused(id: String?, Refusal)
    /// What an `EXECUTE` gave.
    case result(id: String, JSONValue)
    /// Patches that changed what is at a path, newest first; `more`: there are older ones.
    case history(id: String, [HistoricalPatch], more: Bool)
    /// Paths of the nodes that a `FIND` met; `more`: it met others.
    case found(id: String, [TreePath], more: Bool)
    /// Where every user's cursor is.
    case presence([Presence])
    /// There and back took so long.
    case latency(Duration)
    /// Something odd that does not end the connection, in plain words.
    case problem(String)
}
