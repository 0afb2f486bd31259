public import TreenityProtocol
public import TreenitySequencer

/// Something to be decided on, with all that its verdict depends on beside what stands before it in the log.
///
/// It is written down before it is decided on: whoever reads the same log from the same state comes to the same tree,
/// order and answers, without looking at a clock.
public struct LogEntry: Hashable, Sendable {
    /// What is to be decided on.
    public enum Content: Hashable, Sendable {
        /// A patch or a batch.
        case proposal(Proposal)
        /// What an action gave that an `EXECUTE` has run.
        case completion(Completion)
    }

    /// What is to be decided on.
    public var content: Content
    /// From whom it came, with what that one may do.
    public var sender: Sender
    /// When it came to the server that wrote it down, by that server's clock.
    public var received: Timestamp
    /// By whom its verdict is waited for; `nil`: by nobody.
    public var ticket: Ticket?

    /// An entry of these parts.
    public init(_ content: Content, from sender: Sender, received: Timestamp, ticket: Ticket? = nil) {
        self.content = content
        self.sender = sender
        self.received = received
        self.ticket = ticket
    }
}

/// Names who waits for the verdict on an entry: the server that wrote it down, and a number of its own.
public struct Ticket: Hashable, Sendable {
    /// Which server, as it called itself at random when it was started.
    public var server: UInt64
    /// Told apart by that server.
    public var number: UInt64

    /// A ticket of these parts.
    public init(server: UInt64, number: UInt64) {
        self.server = server
        self.number = number
    }
}
