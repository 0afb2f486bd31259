import TreenityLog
import TreenityProtocol
import TreenitySequencer
import TreenityStore

/// The server without its sockets and files: takes the frames of all sessions, says what is to be written down, reads what
/// was written down, and says what is to be sent to whom.
///
/// A proposal is decided on only when it comes back out of the log. What is read at once is packed: one delivery for all
/// who see the same, then the answers to the senders.
struct Exchange: Sendable {
    var ledger: Ledger
    let limits: Limits
    /// Of the latest changes, for those who missed some.
    var history: History
    /// Which actions there are.
    let actions: @Sendable (TreePath) -> Bool
    /// What happened before is not remembered.
    let start: SequenceNumber
    var sessions: [SessionID: Session] = [:]
    var audiences: [Audience] = []
    /// As this server calls itself in its tickets.
    let server: UInt64
    var lastTicket: UInt64 = 0
    var waiters: [UInt64: Waiter] = [:]
    /// The actions that this server runs, and who waits for them beside the one who began each.
    var executing: [Execution.Key: [Waiter]] = [:]
    var rates = Rates()
    /// How often sessions have said where they look.
    var presenceCount = 0
    private var lastID = 0

    init(
        _ ledger: Ledger, limits: Limits, server: UInt64 = 0,
        actions: @escaping @Sendable (TreePath) -> Bool = { _ in false }
    ) {
        self.ledger = ledger
        self.limits = limits
        self.server = server
        self.actions = actions
        start = ledger.sequencer.seq
        history = History(maximumBytes: limits.historyBytes)
    }

    var tree: Replica { ledger.sequencer.tree }
    var seq: SequenceNumber { ledger.sequencer.seq }

    // MARK: Sessions

    /// A connection stands. A session is greeted; a bare connection sees every patch from here on.
    mutating func connect(_ session: Session, now: Timestamp) -> (id: SessionID, reaction: Reaction) {
        lastID += 1
        let id = SessionID(number: lastID)
        sessions[id] = session
        move(id, session.dialect, from: nil, to: session.view)
        var reaction = Reaction()
        guard session.dialect == .frames else { return (id, reaction) }
        let welcome = Welcome(
            session: session.name, user: session.user, epoch: epoch(for: session), seq: seq, time: now,
            maximumMessageBytes: limits.maximumMessageBytes, maximumBatch: limits.maximumBatch)
        reaction.deliveries = [Delivery(to: [id], .frames([.welcome(welcome)]))]
        reaction.movesPresence = sessions.values.contains { $0.presence != nil }
        return (id, reaction)
    }

    /// A connection is gone. What it proposed is still decided on.
    mutating func disconnect(_ id: SessionID) -> Reaction {
        guard let session = sessions.removeValue(forKey: id) else { return Reaction() }
        move(id, session.dialect, from: session.view, to: nil)
        return Reaction(movesPresence: session.presence != nil)
    }

    /// Places in the order that were seen with other rights say nothing of what was missed: they are of another epoch.
    func epoch(for session: Session) -> String { ledger.sequencer.epoch + session.rights.epochSuffix }

    /// Whether a session has proposed so much, or asked for so much behind that, that it has to wait for verdicts.
    func isFull(_ id: SessionID) -> Bool {
        sessions[id].map { session in
            session.submitted - session.decided >= limits.maximumUndecided
                || session.deferred.count >= limits.maximumUndecided
                || session.undecidedBytes >= limits.maximumUndecidedBytes
        } ?? false
    }

    // MARK: Audiences

    /// Seats a session among those who see the same.
    mutating func move(_ id: SessionID, _ dialect: Session.Dialect, from old: View?, to new: View?) {
        guard old != new else { return }
        if let old, let place = audiences.firstIndex(where: { $0.view == old }) {
            audiences[place].remove(id)
            if audiences[place].isEmpty { audiences.remove(at: place) }
        }
        guard let new else { return }
        if let place = audiences.firstIndex(where: { $0.view == new }) {
            audiences[place].insert(id, dialect)
        } else {
            audiences.append(Audience(new, of: tree, at: seq))
            audiences[audiences.count - 1].insert(id, dialect)
        }
    }

    /// Sends on what was decided.
    mutating func flush() -> [Delivery] {
        audiences.indices.flatMap { audiences[$0].flush(at: ledger.sequencer.seq) }
    }

    /// Tells those who have seen nothing of late how far the order has come.
    mutating func tellProgress() -> [Delivery] {
        audiences.indices.compactMap { audiences[$0].tellProgress(ledger.sequencer.seq) }
    }

    // MARK: What comes in

    /// Handles what one session sent, in order.
    mutating func receive(
        _ frames: [Result<ClientFrame, FrameError>], from id: SessionID, now: Timestamp
    ) -> Reaction {
        guard let session = sessions[id] else { return Reaction() }
        var visit = Visit(id: id, session: session, now: now)
        for frame in frames {
            switch frame {
            case .success(let frame): receive(frame, in: &visit)
            case .failure(let error): visit.refuse(error.id, error.refusal)
            }
        }
        visit.flush()
        sessions[id] = visit.session
        return visit.reaction
    }
}
