import TreenityProtocol
import TreenityStore

/// What the streams that share a socket have in common: the tree with the edits that are under way, and who waits for
/// which answer. Without sockets and clocks; what is to be done and told comes as a ``Reaction``.
struct TreeMachine: Sendable {
    /// What is to be done and told.
    struct Reaction: Sendable {
        var commands: [Command] = []
        var reports: [Report] = []
        var answers: [(id: String, result: Result<Answer, any Error>)] = []
        /// Streams that the server does not serve.
        var endings: [(stream: Int, refusal: Refusal)] = []

        static func += (one: inout Reaction, other: Reaction) {
            one.commands += other.commands
            one.reports += other.reports
            one.answers += other.answers
            one.endings += other.endings
        }
    }

    /// What is to be told.
    struct Report: Sendable {
        var update: StreamUpdate
        var to: Addressees
    }

    enum Addressees: Hashable, Sendable {
        case all
        case stream(Int)
        /// Those which have to do with one of these places.
        case concerned([TreePath])
    }

    /// A question whose answer is awaited: it is asked again over the next connection.
    struct Question: Sendable {
        var id: String
        var frame: ClientFrame
    }

    var replica = OptimisticReplica()
    var connection: ConnectionState?
    var audience = Audience()
    var questions: [Question] = []
    /// What is being loaded beside the subscriptions, by `id`.
    var fetches: [String: Fetch] = [:]
    /// Snapshots that were asked for to be certain of the tree, by `id`.
    var inquiries: Set<String> = []
    /// Whether the next of them has to wait.
    var isResting = false
    /// Where the user says to be, in the order of the streams.
    var presence: TreePath?
    /// Since when the connection stands, or stood last, by the server's clock.
    var liveSince = Timestamp(milliseconds: 0)
    /// How far the server's clock is ahead, in milliseconds.
    var skew: Int64 = 0
    /// As whom edits are made, where the server does not say.
    let user: String?
    private let prefix: String
    private var count = 0

    /// - Parameter prefix: of the `id`s that it makes: unique over all of a user's sessions.
    init(prefix: String, user: String?) {
        self.user = user
        self.prefix = prefix
    }

    mutating func makeID() -> String {
        count += 1
        return "\(prefix)-\(count)"
    }

    /// Whether a stream is to be told something.
    func isFor(_ stream: Int, _ addressees: Addressees) -> Bool {
        switch addressees {
        case .all: return true
        case .stream(let one): return stream == one
        case .concerned(let places):
            guard let path = audience.members[stream]?.path else { return false }
            return places.contains { $0.isWithin(path) || path.isWithin($0) }
        }
    }

    func serverTime(_ now: Timestamp) -> Timestamp { Timestamp(milliseconds: now.milliseconds + skew) }

    var session: LiveSession? {
        switch connection {
        case .live(let session), .silent(let session): session
        case .connecting, .offline, .ended, nil: nil
        }
    }
}
