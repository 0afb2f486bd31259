public import TreenityProtocol

/// Where the connection to the server stands.
///
/// Connecting → live → offline → connecting …, connecting → offline, and from everywhere → ended.
public enum ConnectionState: Hashable, Sendable {
    /// An attempt has begun; counted from 1 since the last one that succeeded.
    case connecting(attempt: Int)
    /// The connection stands. What was known of the tree is to be forgotten: it comes anew.
    case live(LiveSession)
    /// The connection is gone or could not be made; the next attempt begins after a while.
    case offline(reason: String, retryAfter: Duration)
    /// There will be no further attempt.
    case ended(reason: String)
}

/// What stands once a connection is live.
public struct LiveSession: Hashable, Sendable {
    /// The server's greeting; `nil` on a bare connection.
    public var welcome: Welcome?

    /// Whether the server sends patches and nothing else: no snapshot, no answers.
    public var isBare: Bool { welcome == nil }

    /// A session with this greeting.
    public init(welcome: Welcome?) {
        self.welcome = welcome
    }
}
