public import TreenityProtocol

/// What happens on a ``PatchStream``.
public enum StreamEvent: Hashable, Sendable {
    /// The connection stands otherwise than before.
    case state(ConnectionState)
    /// A chunk of the tree as it is.
    case snapshot(Snapshot)
    /// The whole tree as it is, on a bare connection; `seq` tells for which place in the order, where the server does.
    case tree(JSONValue, seq: SequenceNumber?)
    /// Patches in order: all that were at hand.
    case patches([Patch])
    /// A patch or batch was taken.
    case acknowledged(Acknowledgement)
    /// A frame was refused.
    case refused(id: String?, Refusal)
    /// There and back took so long.
    case latency(Duration)
    /// Any other frame, as an answer to a question.
    case frame(ServerFrame)
    /// Something odd that does not end the connection, in plain words.
    case problem(String)
}
