public import TreenityProtocol

/// What happened on the connection to the server.
public enum ConnectionEvent: Sendable {
    /// Edits that an earlier run left: without an answer, with the epoch under which they were made, and refused.
    case restored([RestoredEdit], epoch: String?, refused: [RestoredRefusal])
    /// An attempt to connect has begun, counted from 1 since the last success.
    case connecting(attempt: Int)
    /// The connection stands; without a greeting the server speaks the bare protocol.
    case live(Welcome?)
    /// The server has not answered a question for a while; it may yet.
    case silent
    /// The connection is gone, or could not be made; the next attempt comes after so many milliseconds.
    case lost(reason: String, retryAfter: Int64)
    /// There will be no further attempt.
    case ended(reason: String)
    /// One chunk of the tree as it is.
    case snapshot(Snapshot)
    /// What was missed between two places in the order follows, instead of the tree as it is.
    case resumed(from: SequenceNumber, to: SequenceNumber)
    /// All patches up to here have come that we see.
    case reached(SequenceNumber)
    /// The tree as it is, from a server that speaks the bare protocol.
    case tree(JSONValue, seq: SequenceNumber?)
    /// Patches, in order.
    case patches([Patch])
    /// An edit was taken.
    case acknowledged(Acknowledgement)
    /// A frame was refused.
    case refused(id: String?, Refusal)
    /// An action has ended, and gave this.
    case result(id: String, JSONValue)
    /// Nodes that a search met; `more`: it met others.
    case found(id: String, [TreePath], more: Bool)
    /// Patches that changed what is at a path, newest first; `more`: there are older ones.
    case history(id: String, [HistoricalPatch], more: Bool)
    /// A message took so many milliseconds there and back.
    case latency(Int64)
    /// Who is there.
    case presence([Presence])
    /// Something odd that the user should know of.
    case problem(String)
}

extension ConnectionEvent {
    /// Whether it tells of something that the server said just now; a refusal may be of our own making.
    var isFromServer: Bool {
        switch self {
        case .live, .snapshot, .resumed, .reached, .tree, .patches, .acknowledged, .result, .found, .history, .latency,
            .presence:
            true
        case .restored, .connecting, .silent, .lost, .ended, .refused, .problem: false
        }
    }
}
