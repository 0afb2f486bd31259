/// Which end of a WebSocket connection this is.
public enum WebSocketRole: Hashable, Sendable {
    /// Masks what it sends; leaves it to the server to close the socket first.
    case client
    /// Takes masked frames only.
    case server
}
