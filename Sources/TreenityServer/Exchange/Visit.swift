import TreenityProtocol
import TreenitySequencer

/// The handling of what one session sent at once.
struct Visit {
    let id: SessionID
    var session: Session
    let now: Timestamp
    var reaction = Reaction()
    private var answers: [ServerFrame] = []

    init(id: SessionID, session: Session, now: Timestamp) {
        self.id = id
        self.session = session
        self.now = now
    }

    mutating func refuse(_ id: String?, _ refusal: Refusal) {
        switch session.dialect {
        case .frames: answers.append(.error(id: id, refusal))
        case .bare: reaction.unanswered.append(refusal)
        }
    }

    /// Sends what stands for the tree as it is now, behind all that made it so.
    mutating func send(_ content: Delivery.Content) {
        flush()
        reaction.deliveries.append(Delivery(to: [id], content))
    }

    /// Puts the answers so far on their way.
    mutating func flush() {
        guard !answers.isEmpty else { return }
        reaction.deliveries.append(Delivery(to: [id], .frames(answers)))
        answers = []
    }
}
