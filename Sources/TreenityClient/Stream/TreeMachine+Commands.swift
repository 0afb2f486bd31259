import TreenityProtocol

extension TreeMachine {
    /// What is to be done, in order; what is to be kept may be kept before that.
    enum Command: Hashable, Sendable {
        case send(ClientFrame)
        case subscribe(Subscription)
        case fetch(Subscription)
        case unsubscribe(String)
        /// Keeps what is to be known after a crash.
        case record(OutboxRecord)
        /// Says when ``inquiryPause`` is over: ``rested()``.
        case rest
    }
}

extension TreeMachine.Command: Waitable {
    var weight: Int { 1 }

    mutating func absorb(_ next: Self) -> Bool { false }

    /// What is to be kept.
    var record: OutboxRecord? {
        if case .record(let record) = self { record } else { nil }
    }
}
