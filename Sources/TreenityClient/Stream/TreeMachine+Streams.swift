import TreenityProtocol
import TreenityStore

extension TreeMachine {
    /// A stream begins: it is told at once what is known.
    mutating func opened(_ stream: Int, _ path: TreePath, depth: Int?) -> Reaction {
        var reaction = Reaction()
        let wishes = audience.add(stream, path, depth: depth)
        if let subscription = wishes.subscribe { reaction.commands.append(.subscribe(subscription)) }
        if let fetch = wishes.fetch { reaction += begin(fetch) }
        reaction.commands += wishes.unsubscribe.map { .unsubscribe($0) }
        if let connection { reaction.tell(.state(connection), .stream(stream)) }
        if audience.members[stream]?.isLoaded == true { reaction.tell(.snapshot(replica.tree), .stream(stream)) }
        return reaction
    }

    /// A stream ends. What nobody follows any more is not kept: it would be true no longer.
    mutating func closed(_ stream: Int, now: Timestamp) -> Reaction {
        var reaction = Reaction()
        guard let ended = audience.remove(stream) else { return reaction }
        reaction.commands.append(.unsubscribe(ended.id))
        replica.subscriptionEnded(ended.id)
        reaction += receive([], now: now)
        let nothing = Snapshot(id: ended.id, path: ended.path, seq: replica.applied ?? .zero, nodes: [], more: false)
        _ = replica.receive(nothing)
        guard audience.isEmpty else { return reaction }
        // The patches of edits that were acknowledged ahead of them will not come.
        for edit in replica.pending where edit.acknowledged != nil { replica.acknowledged(edit.id, at: nil) }
        return reaction
    }

    /// Wants more of the tree than the stream began with. The answer to the `id` is ``Answer/loaded``.
    mutating func load(_ path: TreePath, depth: Int?, id: String) -> Reaction {
        guard !audience.isWhole else { return Reaction(answers: [(id, .success(.loaded))]) }
        return begin(Fetch(id: id, path: path, depth: depth))
    }

    mutating func begin(_ fetch: Fetch) -> Reaction {
        fetches[fetch.id] = fetch
        return Reaction(commands: [.fetch(fetch.next(in: replica.tree))])
    }

    /// Says where the user is.
    mutating func look(at path: TreePath?) -> Reaction {
        presence = path
        guard let session, !session.isBare else { return Reaction() }
        return Reaction(commands: [.send(.presence(path))])
    }
}

extension TreeMachine.Reaction {
    mutating func tell(_ update: StreamUpdate, _ addressees: TreeMachine.Addressees) {
        reports.append(TreeMachine.Report(update: update, to: addressees))
    }

    mutating func answer(_ id: String, _ result: Result<Answer, any Error>) {
        answers.append((id, result))
    }
}
