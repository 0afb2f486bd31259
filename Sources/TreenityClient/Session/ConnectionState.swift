public import TreenityProtocol

/// Where the connection to the server stands.
///
/// Connecting → live ⇄ silent → offline → connecting …, connecting → offline, live → offline, and from everywhere →
/// ended.
public enum ConnectionState: Hashable, Sendable {
    /// An attempt has begun; counted from 1 since the last one that succeeded.
    case connecting(attempt: Int)
    /// The connection stands. The tree comes anew, or, where the server knows what was missed, that does.
    case live(LiveSession)
    /// The server has not answered for a while. It may be heard again, and be ``live(_:)`` then without any loss.
    case silent(LiveSession)
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
