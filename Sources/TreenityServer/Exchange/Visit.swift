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

    mutating func acknowledge(_ id: String?, _ answer: Answer) {
        guard session.dialect == .frames, let id else { return }
        answers.append(answer.acknowledgement(of: id))
    }

    mutating func refuse(_ id: String?, _ refusal: Refusal) {
        switch session.dialect {
        case .frames: answers.append(.error(id: id, refusal))
        case .bare: reaction.unanswered.append(refusal)
        }
    }

    /// The answers so far, on their way.
    mutating func takeAnswers() -> [Delivery] {
        guard !answers.isEmpty else { return [] }
        defer { answers = [] }
        return [Delivery(to: [id], .frames(answers))]
    }
}
