/// What comes in over a WebSocket connection.
public enum WebSocketEvent: Hashable, Sendable {
    /// All the messages that one read from the socket completed, in order; at least one.
    case messages([WebSocketMessage])
    /// A ping was answered after so long.
    case roundTrip(Duration)
    /// Nothing has come since the newest ping for longer than it should take; once a ping.
    case quiet
}
