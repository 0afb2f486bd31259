import TreenityProtocol
import TreenitySequencer
import TreenityStore

/// The server without its sockets: takes the frames of all sessions and says what is to be sent to whom.
///
/// What one session sends at once is handled at once, and what follows from it is packed: one delivery for all who see
/// the same, then the answers to the sender.
struct Exchange: Sendable {
    var sequencer: Sequencer
    let limits: Limits
    var sessions: [SessionID: Session] = [:]
    var audiences: [Audience] = []
    private var lastID = 0

    init(_ sequencer: Sequencer, limits: Limits) {
        self.sequencer = sequencer
        self.limits = limits
    }

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
            session: session.name, user: session.user, epoch: sequencer.epoch, seq: sequencer.seq, time: now,
            maximumMessageBytes: limits.maximumMessageBytes, maximumBatch: limits.maximumBatch)
        reaction.deliveries = [Delivery(to: [id], .frames([.welcome(welcome)]))]
        reaction.movesPresence = sessions.values.contains { $0.presence != nil }
        return (id, reaction)
    }

    /// A connection is gone.
    mutating func disconnect(_ id: SessionID) -> Reaction {
        guard let session = sessions.removeValue(forKey: id) else { return Reaction() }
        move(id, session.dialect, from: session.view, to: nil)
        return Reaction(movesPresence: session.presence != nil)
    }

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
            audiences.append(Audience(new, of: sequencer.tree))
            audiences[audiences.count - 1].insert(id, dialect)
        }
    }

    /// Who looks where, for every session.
    func presences() -> Delivery {
        let sessions = sessions.sorted { $0.key.number < $1.key.number }.filter { $0.value.dialect == .frames }
        let present = sessions.map(\.value).filter { $0.presence != nil }
            .map { Presence(session: $0.name, user: $0.user, path: $0.presence) }
        return Delivery(to: sessions.map(\.key), .frames([.presence(present)]))
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
        deliver(&visit)
        sessions[id] = visit.session
        return visit.reaction
    }
}
