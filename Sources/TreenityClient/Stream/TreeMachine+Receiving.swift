import TreenityProtocol
import TreenityStore

extension TreeMachine {
    /// Something happened in the session.
    mutating func received(_ event: SessionEvent, now: Timestamp) -> Reaction {
        switch event {
        case .state(let state): return stands(state, now: now)
        case .snapshot(let chunk): return receive(chunk)
        case .resumed(_, let from, _): replica.resumed(from: from)
        case .tree(let json, let seq): return receive(json, seq: seq)
        case .patches(let patches): return receive(patches, now: now)
        case .reached(let seq): replica.reached(seq)
        case .acknowledged(let acknowledgement):
            replica.acknowledged(acknowledgement.id, at: acknowledgement.seq)
            return answer(acknowledgement.id, .acknowledged(acknowledgement))
        case .refused(let id?, let refusal): return refused(id, refusal)
        case .result(let id, let value): return answer(id, .result(value))
        case .history(let id, let patches, let more):
            return answer(id, .history(HistoryPage(patches: patches, more: more)))
        case .found(let id, let paths, let more): return answer(id, .found(FoundPaths(paths: paths, more: more)))
        case .presence(let presences): return Reaction(reports: [Report(update: .presence(presences), to: .all)])
        case .refused(nil, _), .latency, .problem: break
        }
        return Reaction()
    }

    private mutating func answer(_ id: String, _ answer: Answer) -> Reaction {
        forget(id)
        return Reaction(answers: [(id, .success(answer))])
    }

    // MARK: Connections

    private mutating func stands(_ state: ConnectionState, now: Timestamp) -> Reaction {
        var reaction = Reaction(reports: [Report(update: .state(state), to: .all)])
        switch state {
        case .live(let session):
            // One that was silent goes on as it was.
            if self.session == nil { begin(session, now: now, &reaction) }
        case .offline: replica.connectionLost()
        case .ended(let reason): end(reason, &reaction)
        case .connecting, .silent: break
        }
        connection = state
        return reaction
    }

    private mutating func begin(_ session: LiveSession, now: Timestamp, _ reaction: inout Reaction) {
        if let welcome = session.welcome { skew = welcome.time.milliseconds - now.milliseconds }
        for lost in replica.sessionBegan(session.welcome) {
            let refusal = Refusal(.stale, "the server has another tree, without the text that was edited")
            reaction.tell(.refused(id: lost.id, refusal), .all)
            reaction.answer(lost.id, .failure(refusal))
        }
        // The server knows by their ids those that it has.
        reaction.commands += replica.unanswered.map { .send($0.frame) }
        guard !session.isBare else {
            for question in questions { reaction.answer(question.id, .failure(StreamError.notSpoken)) }
            questions = []
            return
        }
        reaction.commands += questions.map { .send($0.frame) }
        if let presence { reaction.commands.append(.send(.presence(presence))) }
    }

    /// Nothing that waits will be answered. Edits stay pending: they may be meant for another run.
    private mutating func end(_ reason: String, _ reaction: inout Reaction) {
        replica.connectionLost()
        for id in replica.pending.map(\.id) + questions.map(\.id) {
            reaction.answer(id, .failure(StreamError.ended(reason)))
        }
        questions = []
    }

    // MARK: The tree as a whole

    private mutating func receive(_ chunk: Snapshot) -> Reaction {
        guard replica.receive(chunk) != nil else { return Reaction() }
        var reaction = Reaction(answers: [(chunk.id, .success(.loaded))])
        let (streams, missing) = audience.completed(chunk.id)
        for stream in streams { reaction.tell(.snapshot(replica.tree), .stream(stream)) }
        reaction.commands += missing.map { .fetch($0) }
        return reaction
    }

    private mutating func receive(_ json: JSONValue, seq: SequenceNumber?) -> Reaction {
        _ = replica.receive(Snapshot(of: json, seq: seq))
        audience.loadedAll()
        return Reaction(reports: [Report(update: .snapshot(replica.tree), to: .all)])
    }

    // MARK: Patches

    private mutating func receive(_ patches: [Patch], now: Timestamp) -> Reaction {
        var reaction = Reaction()
        let own = session?.isBare == true ? Set(replica.pending.map(\.id)) : []
        var isLost = false
        for received in replica.receive(patches, now: serverTime(now)) {
            switch received.outcome {
            case .success(let change): reaction.tell(.changed(change), .concerned(change.places))
            case .failure: isLost = isLost || received.patch.seq != nil
            }
        }
        if !own.isEmpty { confirm(own, &reaction) }
        // What the server has decided always fits its tree: ours is another.
        if isLost, session?.isBare == false {
            reaction.commands += audience.subscriptions.map { .subscribe($0) }
        }
        return reaction
    }

    /// A server without answers sends on what it has taken.
    private func confirm(_ own: Set<String>, _ reaction: inout Reaction) {
        for id in own.subtracting(replica.pending.map(\.id)) {
            let seq = replica.applied ?? .zero
            let acknowledgement = Acknowledgement(id: id, seq: seq, timestamp: replica.tree.newest)
            reaction.answer(id, .success(.acknowledged(acknowledgement)))
        }
    }

    // MARK: Refusals

    mutating func refused(_ id: String, _ refusal: Refusal) -> Reaction {
        var reaction = Reaction()
        forget(id)
        if let refused = replica.refused(id) {
            let places = refused.edit.patches.map(\.patch.path)
            reaction.tell(.refused(id: id, refusal), .concerned(places))
        }
        for stream in audience.refused(id) { reaction.endings.append((stream, refusal)) }
        reaction.answer(id, .failure(refusal))
        return reaction
    }

    /// A server without answers has not sent on an edit in time: it has refused it.
    mutating func forgetUnanswered(now: Timestamp) -> Reaction {
        var reaction = Reaction()
        guard session?.isBare == true else { return reaction }
        for edit in replica.pending {
            let made = edit.patches.first?.patch.timestamp?.milliseconds ?? 0
            let age = Duration.milliseconds(serverTime(now).milliseconds - made)
            guard age >= TreeMachine.bareAnswerTime else { continue }
            reaction += refused(edit.id, Refusal(.unavailable, "the server did not send it on"))
        }
        return reaction
    }

    /// How long a bare server may take to send on an edit.
    static let bareAnswerTime = Duration.seconds(10)
}
