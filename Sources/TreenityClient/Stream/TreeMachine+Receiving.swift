import TreenityProtocol
import TreenityStore

extension TreeMachine {
    /// Something happened in the session.
    mutating func received(_ event: SessionEvent, now: Timestamp) -> Reaction {
        switch event {
        case .state(let state): return stands(state, now: now)
        case .snapshot(let chunk): return receive(chunk, now: now)
        case .resumed(_, let from, _): replica.resumed(from: from)
        case .tree(let json, let seq): return receive(json, seq: seq)
        case .patches(let patches): return receive(patches, now: now)
        case .reached(let seq):
            replica.reached(seq)
            return inquire()
        case .acknowledged(let acknowledgement): return acknowledged(acknowledgement)
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

    private mutating func acknowledged(_ acknowledgement: Acknowledgement) -> Reaction {
        // Where nobody follows anything, its patch will not come.
        replica.acknowledged(acknowledgement.id, at: audience.isEmpty ? nil : acknowledgement.seq)
        return settled(acknowledgement)
    }

    private mutating func settled(_ acknowledgement: Acknowledgement) -> Reaction {
        var reaction = answer(acknowledgement.id, .acknowledged(acknowledgement))
        reaction.commands.append(.record(.settled(acknowledgement.id)))
        return reaction
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
        case .offline:
            replica.connectionLost()
            // They will be asked for again, as far as there still is reason to.
            reaction.commands += inquiries.map { .unsubscribe($0) }
            inquiries = []
        case .ended(let reason): end(reason, &reaction)
        case .connecting, .silent: break
        }
        connection = state
        return reaction
    }

    private mutating func begin(_ session: LiveSession, now: Timestamp, _ reaction: inout Reaction) {
        if let welcome = session.welcome {
            skew = welcome.time.milliseconds - now.milliseconds
            audience.sessionBegan()
        }
        liveSince = serverTime(now)
        for lost in replica.sessionBegan(session.welcome) {
            let refusal = Refusal(.stale, "the server has another tree, without the text that was edited")
            reaction.commands.append(.record(.refused(lost.id, refusal)))
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
        for id in replica.unanswered.map(\.id) + questions.map(\.id) {
            reaction.answer(id, .failure(StreamError.ended(reason)))
        }
        questions = []
    }

    // MARK: The tree as a whole

    private mutating func receive(_ chunk: Snapshot, now: Timestamp) -> Reaction {
        let cover = audience.cover(of: chunk.id)
        guard let summary = replica.receive(chunk, refining: cover == nil) else { return Reaction() }
        var reaction = Reaction()
        if let cover {
            if summary.isPassedOver {
                reaction.commands.append(.subscribe(cover))
            } else {
                complete(chunk.id, &reaction)
            }
        } else if let fetch = fetches[chunk.id] {
            if fetch.isDone(with: chunk.path), !summary.isPassedOver {
                fetches[chunk.id] = nil
                reaction.answer(chunk.id, .success(.loaded))
                complete(chunk.id, &reaction)
            } else {
                reaction.commands.append(.fetch(fetch.next(in: replica.tree)))
            }
        }
        inquiries.remove(chunk.id)
        // What came between the chunks has waited for the last one.
        reaction += receive([], now: now)
        return reaction
    }

    /// A snapshot is complete: those whom it serves have what they are for.
    private mutating func complete(_ id: String, _ reaction: inout Reaction) {
        let (streams, missing) = audience.completed(id)
        for stream in streams { reaction.tell(.snapshot(replica.tree), .stream(stream)) }
        for fetch in missing { reaction += begin(fetch) }
    }

    /// What has to be asked so that the tree is certain. Much that happens makes no more doubts than little, so that it may
    /// wait.
    private mutating func inquire() -> Reaction {
        guard !isResting else { return Reaction() }
        let paths = replica.takeInquiries()
        guard !paths.isEmpty else { return Reaction() }
        isResting = true
        let fetches = paths.map { path -> Command in
            let id = makeID()
            inquiries.insert(id)
            return .fetch(Subscription(id: id, path: path, depth: 0))
        }
        return Reaction(commands: fetches + [.rest])
    }

    /// ``inquiryPause`` is over.
    mutating func rested() -> Reaction {
        isResting = false
        return session == nil ? Reaction() : inquire()
    }

    /// How long nothing is asked to be certain of the tree after something was.
    static let inquiryPause = Duration.seconds(1)

    /// The whole tree came, or will not come: there is nothing more to load.
    private mutating func receive(_ json: JSONValue?, seq: SequenceNumber?) -> Reaction {
        if let json { _ = replica.receive(Snapshot(of: json, seq: seq)) }
        var reaction = Reaction()
        let streams = audience.loadedAll()
        for stream in json == nil ? streams : audience.members.keys.sorted() {
            reaction.tell(.snapshot(replica.tree), .stream(stream))
        }
        for id in fetches.keys.sorted() {
            reaction.commands.append(.unsubscribe(id))
            reaction.answer(id, .success(.loaded))
        }
        fetches = [:]
        return reaction
    }

    // MARK: Patches

    mutating func receive(_ patches: [Patch], now: Timestamp) -> Reaction {
        var reaction = Reaction()
        let own = session?.isBare == true ? Set(replica.pending.map(\.id)) : []
        var isLost = false
        for received in replica.receive(patches, now: serverTime(now)) {
            switch received.outcome {
            case .success(let change): reaction.tell(.changed(change), .concerned(change.places))
            case .failure: isLost = isLost || received.patch.seq != nil
            }
        }
        reaction += inquire()
        if !own.isEmpty { confirm(own, &reaction) }
        // What the server has decided always fits its tree: ours is another.
        if isLost, session?.isBare == false {
            reaction.commands += audience.subscriptions.map { .subscribe($0) }
        }
        return reaction
    }

    /// A server without answers sends on what it has taken.
    private mutating func confirm(_ own: Set<String>, _ reaction: inout Reaction) {
        for id in own.subtracting(replica.pending.map(\.id)) {
            let seq = replica.applied ?? .zero
            let acknowledgement = Acknowledgement(id: id, seq: seq, timestamp: replica.tree.newest)
            reaction += settled(acknowledgement)
        }
    }

    // MARK: Refusals

    mutating func refused(_ id: String, _ refusal: Refusal) -> Reaction {
        // A server that is asked again may be too busy to look up what it has said, but what has come was taken.
        if let acknowledgement = replica.acknowledgement(of: id) { return acknowledged(acknowledgement) }
        var reaction = Reaction()
        forget(id)
        fetches[id] = nil
        inquiries.remove(id)
        if let refused = replica.refused(id) {
            reaction.commands.append(.record(.refused(id, refusal)))
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
            let made = edit.patches.first?.patch.timestamp ?? liveSince
            let age = Duration.milliseconds(serverTime(now).milliseconds - max(made, liveSince).milliseconds)
            guard age >= TreeMachine.bareAnswerTime else { continue }
            reaction += refused(edit.id, Refusal(.unavailable, "the server did not send it on"))
        }
        return reaction
    }

    /// How long a bare server may take to send on an edit, from when it was made or the connection stood.
    static let bareAnswerTime = Duration.seconds(10)
}
