import TreenityLog
import TreenityProtocol
import TreenitySequencer
import TreenityStore

extension Exchange {
    /// Reads what stands in the log next: decides, and says what follows for whom.
    mutating func read(_ entries: [PlacedEntry], now: Timestamp) -> Reaction {
        var reading = Reading(now: now)
        for placed in entries {
            let verdict = decide(placed, &reading)
            guard let ticket = placed.entry.ticket, ticket.server == server,
                let waiter = waiters.removeValue(forKey: ticket.number)
            else { continue }
            note(verdict, on: placed.entry, ticket.number, for: waiter, &reading)
        }
        deliver(&reading)
        return reading.reaction
    }

    /// Entries could not be written down: they are decided on no more.
    mutating func fail(_ entries: [LogEntry], because reason: String, now: Timestamp) -> Reaction {
        var reading = Reading(now: now)
        let refusal = Refusal.notWritten(reason)
        for entry in entries {
            guard let ticket = entry.ticket, let waiter = waiters.removeValue(forKey: ticket.number) else { continue }
            if case .completion(let completion) = entry.content {
                answerExecution(completion, .failure(refusal), &reading)
            }
            answer(.failure(refusal), ticket.number, to: waiter, &reading)
        }
        deliver(&reading)
        return reading.reaction
    }

    // MARK: Decisions

    /// Has the ledger decide, and notes for every audience what it sees of that.
    private mutating func decide(_ placed: PlacedEntry, _ reading: inout Reading) -> Verdict {
        var audiences = audiences
        self.audiences = []
        defer { self.audiences = audiences }
        let received = placed.entry.received
        let archivedBefore = reading.reaction.archived.count
        let verdict = ledger.read(placed) { admission, tree in
            for place in audiences.indices { audiences[place].witness(admission.patch, in: tree) }
            reading.reaction.archived.append(
                ArchivedPatch(
                    patch: admission.patch, previous: admission.change.previous(in: tree), received: received))
        }
        guard case .admitted(let admissions, _) = verdict else {
            for place in audiences.indices { audiences[place].forget() }
            reading.reaction.archived.removeSubrange(archivedBefore...)
            if case .refused(let refusal) = verdict {
                reading.reaction.tally.refusals[refusal.code.rawValue, default: 0] += 1
            }
            return verdict
        }
        for place in audiences.indices { audiences[place].settle() }
        for admission in admissions {
            history.append(admission.change, at: received)
            reading.reaction.tally.patches[admission.patch.operation.name, default: 0] += 1
        }
        return verdict
    }

    private mutating func note(
        _ verdict: Verdict, on entry: LogEntry, _ ticket: UInt64, for waiter: Waiter, _ reading: inout Reading
    ) {
        switch entry.content {
        case .completion(let completion): answerExecution(completion, verdict.result, &reading)
        case .proposal(let proposal):
            if begins(verdict, of: proposal, entry.sender, for: waiter, &reading) {
                return noteDecision(for: waiter, &reading)
            }
        }
        if case .admitted(let admissions, _) = verdict, case .session(let id, _, _) = waiter,
            let patch = admissions.last?.patch, case .proposal = entry.content, entry.sender.user == nil,
            let place = sessions.index(forKey: id)
        {
            sessions.values[place].claim = patch.meta
        }
        answer(verdict.result, ticket, to: waiter, &reading)
    }

    private mutating func answer(
        _ result: Result<Answer, Refusal>, _ ticket: UInt64, to waiter: Waiter, _ reading: inout Reading
    ) {
        switch waiter {
        case .server: reading.reaction.verdicts.append((ticket, result))
        case .session(let id, let frameID, _): tell(result, to: id, frameID, &reading)
        }
        noteDecision(for: waiter, &reading)
    }

    private func tell(
        _ result: Result<Answer, Refusal>, to id: SessionID, _ frameID: String?, _ reading: inout Reading
    ) {
        guard let dialect = sessions[id]?.dialect else { return }
        switch (dialect, result) {
        case (.frames, .success(let answer)):
            if let frameID { reading.answer(answer.frame(for: frameID), to: id) }
        case (.frames, .failure(let refusal)): reading.answer(.error(id: frameID, refusal), to: id)
        case (.bare, .success): break
        case (.bare, .failure(let refusal)): reading.reaction.unanswered.append(refusal)
        }
    }

    // MARK: Actions

    /// Whether the verdict is that an action begins or is under way, whose end is awaited.
    private mutating func begins(
        _ verdict: Verdict, of proposal: Proposal, _ sender: Sender, for waiter: Waiter, _ reading: inout Reading
    ) -> Bool {
        switch verdict {
        case .admitted(let admissions, let answer) where answer.execution == .running:
            guard let patch = admissions.first?.patch else { return false }
            let execution = Execution(patch: patch)
            reading.reaction.executions.append(execution)
            if let key = execution.key { executing[key] = [waiter] }
            return true
        case .repeated(let answer) where answer.execution == .running:
            guard case .patch(let patch) = proposal, let id = patch.id else { return false }
            return executing[Execution.Key(user: sender.user(of: patch), id: id)]?.append(waiter) != nil
        case .admitted, .repeated, .nothing, .refused: return false
        }
    }

    private mutating func answerExecution(
        _ completion: Completion, _ result: Result<Answer, Refusal>, _ reading: inout Reading
    ) {
        guard let id = completion.id else { return }
        let waiters = executing.removeValue(forKey: Execution.Key(user: completion.user, id: id)) ?? []
        for case .session(let session, let frameID, _) in waiters { tell(result, to: session, frameID, &reading) }
    }

    // MARK: Behind the decisions

    /// One of a session's proposals is decided: what it asked for behind that may be answered.
    private mutating func noteDecision(for waiter: Waiter, _ reading: inout Reading) {
        guard case .session(let id, _, let bytes) = waiter, let place = sessions.index(forKey: id),
            sessions.values[place].noteDecision(ofBytes: bytes)
        else { return }
        var session = sessions.values[place]
        guard let first = session.takeDue() else { return }
        deliver(&reading)
        var visit = Visit(id: id, session: session, now: reading.now)
        answer(first, in: &visit)
        while let next = visit.session.takeDue() { answer(next, in: &visit) }
        visit.flush()
        sessions[id] = visit.session
        reading.reaction.deliveries += visit.reaction.deliveries
        reading.reaction.movesPresence = reading.reaction.movesPresence || visit.reaction.movesPresence
    }

    /// Sends on what was decided, then the answers, so that an ACK comes behind its patch.
    private mutating func deliver(_ reading: inout Reading) {
        reading.reaction.deliveries += flush()
        reading.reaction.deliveries += reading.takeAnswers()
    }
}

/// The reading of what stood in the log at once.
private struct Reading {
    let now: Timestamp
    var reaction = Reaction()
    private var answers: [SessionID: [ServerFrame]] = [:]

    init(now: Timestamp) {
        self.now = now
    }

    mutating func answer(_ frame: ServerFrame, to id: SessionID) {
        answers[id, default: []].append(frame)
    }

    mutating func takeAnswers() -> [Delivery] {
        defer { answers = [:] }
        return answers.map { Delivery(to: [$0.key], .frames($0.value)) }
    }
}

extension Verdict {
    /// What whoever waits for it is told.
    fileprivate var result: Result<Answer, Refusal> {
        switch self {
        case .admitted(_, let answer), .nothing(let answer), .repeated(let answer): .success(answer)
        case .refused(let refusal): .failure(refusal)
        }
    }
}
