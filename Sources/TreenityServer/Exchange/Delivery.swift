import TreenityProtocol

/// Something to be sent, behind all that was to be sent to the same sessions before.
struct Delivery: Sendable {
    /// What is sent.
    enum Content: Sendable {
        /// Each is one message.
        case frames([ServerFrame])
        /// Made when the session is ready to take it.
        case made(any FrameSource)
        /// An answer out of the archive, as far as the view allows.
        case history(HistoryQuery, View, limit: Int)
    }

    /// To whom.
    let recipients: [SessionID]
    /// What.
    let content: Content

    init(to recipients: [SessionID], _ content: Content) {
        self.recipients = recipients
        self.content = content
    }
}

/// Frames that are made as the peer takes them: they stand for the tree as it was when they were asked for.
protocol FrameSource: Sendable {
    /// Gives the frames in order; the peer's pace is that of `send`, and where that throws, no more is wanted.
    func write<Failure: Error>(_ send: (ServerFrame) async throws(Failure) -> Void) async throws(Failure)
}
