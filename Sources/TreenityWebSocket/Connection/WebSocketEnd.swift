/// How a WebSocket connection ended.
public enum WebSocketEnd: Hashable, Sendable {
    /// The peer closed it, for this reason.
    case closedByPeer(CloseReason)
    /// This end closed it, for this reason.
    case closedHere(CloseReason)
    /// What the peer sent had to be refused, for this reason.
    case refused(CloseReason)
    /// Nothing came for longer than the limit.
    case silent
    /// The transport broke, in plain words.
    case lost(String)
}

extension WebSocketEnd: CustomStringConvertible {
    /// For a person who reads a log.
    public var description: String {
        switch self {
        case .closedByPeer(let reason): "closed by the peer: \(reason)"
        case .closedHere(let reason): "closed here: \(reason)"
        case .refused(let reason): "closed because of what the peer sent: \(reason)"
        case .silent: "nothing was heard"
        case .lost(let reason): "lost: \(reason)"
        }
    }
}
