import TreenityProtocol
import TreenityStore

extension TreeMachine {
    /// Makes edits: shows them where that is possible, and sends them as soon as it is. Their answer is that of the batch's
    /// `id`, or the single patch's.
    ///
    /// - Parameter batchID: `nil`: it is a single patch.
    /// - Throws: ``Refusal`` where what is known of the tree tells that they are impossible. Nothing has happened then.
    mutating func edit(
        _ patches: [Patch], batchID: String?, now: Timestamp
    ) throws(Refusal) -> Reaction {
        let patches = patches.map { complete($0, now: now) }
        let id = batchID ?? patches.first?.id ?? makeID()
        var reaction = Reaction()
        if patches.allSatisfy(isKnown) {
            let changes =
                if batchID != nil {
                    try replica.edit(batch: patches, id: id, now: now)
                } else {
                    [try replica.edit(patches[0], now: now)]
                }
            for change in changes { reaction.tell(.changed(change), .concerned(change.places)) }
        } else {
            replica.enqueue(patches, id: id, isBatch: batchID != nil)
        }
        guard let frame = replica.pending.last?.frame else { return reaction }
        if let kept = OutboxEdit(frame, epoch: replica.epoch) { reaction.commands.append(.record(.edit(kept))) }
        if session != nil { reaction.commands.append(.send(frame)) }
        return reaction
    }

    /// Takes up what an earlier run left without an answer.
    ///
    /// - Precondition: there has been no session yet.
    mutating func restore(_ edits: [OutboxEdit]) {
        let epoch = edits.compactMap(\.epoch).last
        if let epoch { replica.expect(epoch: epoch) }
        for edit in edits {
            var patches = edit.patches
            // A place in another order means nothing.
            if edit.epoch != epoch { for place in patches.indices { patches[place].base = nil } }
            replica.enqueue(patches, id: edit.id, isBatch: edit.isBatch)
        }
    }

    private mutating func complete(_ patch: Patch, now: Timestamp) -> Patch {
        var patch = patch
        if patch.id == nil { patch.id = makeID() }
        if let user, patch.meta?["user"] == nil { patch.meta = (patch.meta ?? [:]).setting("user", to: .string(user)) }
        if patch.timestamp == nil { patch.timestamp = replica.timestamp(now: serverTime(now)) }
        return patch
    }

    /// Whether what is known of the tree can tell what a patch does.
    private func isKnown(_ patch: Patch) -> Bool {
        guard case .move(let target) = patch.operation else { return audience.isLoaded(patch.path) }
        return audience.isLoaded(patch.path) && audience.isLoaded(target)
    }

    /// A question, whose answer will be that of its `id`.
    ///
    /// - Throws: ``StreamError`` where the server is known to have no answers.
    mutating func ask(_ question: Question) throws(StreamError) -> Reaction {
        if session?.isBare == true { throw .notSpoken }
        questions.append(question)
        return session == nil ? Reaction() : Reaction(commands: [.send(question.frame)])
    }

    /// Nobody waits for a question's answer any more.
    mutating func forget(_ id: String) {
        questions.removeAll { $0.id == id }
    }

    /// What could not be sent, for a reason that another connection would not mend.
    mutating func undeliverable(_ frame: ClientFrame, _ error: SendError) -> Reaction {
        guard let id = frame.id else { return Reaction() }
        if error.isTooLong { return refused(id, Refusal(.tooLarge, error.description)) }
        forget(id)
        var reaction = Reaction()
        reaction.answer(id, .failure(StreamError.notSpoken))
        return reaction
    }
}

extension PendingEdit {
    /// As it is sent.
    var frame: ClientFrame {
        isBatch ? .batch(id: id, patches: patches.map(\.patch)) : .patch(patches[0].patch)
    }
}

extension ClientFrame {
    /// By which answers name it.
    var id: String? {
        switch self {
        case .patch(let patch): patch.id
        case .batch(let id, _): id
        case .subscribe(let subscription): subscription.id
        case .history(let query): query.id
        case .find(let query): query.id
        case .unsubscribe(let id), .result(let id, _): id
        case .presence: nil
        }
    }
}

extension Change {
    /// The places that it has to do with.
    var places: [TreePath] {
        if case .move(let target) = patch.operation { [patch.path, target] } else { [patch.path] }
    }
}
