public import TreenityProtocol
public import TreenityStore

/// What a batch has come to so far.
private struct BatchDraft {
    var answer: Answer
    let before: SequenceNumber
    let textsBefore: TextMemory
    var admissions: [Admission] = []
    /// For the patches that carry an `id` of their own, in the order of the patches.
    var answers: [(key: AnswerMemory.Key, answer: Answer)] = []
    var keys: Set<AnswerMemory.Key> = []
}

extension Sequencer {
    /// Decides on a batch: all of it is admitted, with consecutive places in the order, or nothing.
    ///
    /// A patch in it whose own `id` was answered before is not applied again, and keeps that answer. With a `base`, a
    /// patch is carried over the patches of the batch before it, too. The witness has seen patches of a batch that then
    /// is refused, too.
    ///
    /// - Complexity: that of its patches, and where it writes to texts that have edits, O(edits remembered).
    public mutating func admit(
        batch patches: [Patch], id: String?, from sender: Sender, now: Timestamp, witness: Witness = { _, _ in }
    ) -> Verdict {
        let key = id.map { AnswerMemory.Key(user: sender.user(of: patches.first), id: $0) }
        if let key, let answer = answers[key] { return .repeated(answer) }
        var draft = BatchDraft(answer: Answer(seq: seq, timestamp: now), before: seq, textsBefore: memory.texts)
        for (index, patch) in patches.enumerated() {
            do {
                try add(patch, at: index, to: &draft, from: sender, now: now, witness: witness)
            } catch {
                takeBack(draft)
                var refusal = error
                refusal.index = index
                return .refused(refusal)
            }
        }
        memory.settle()
        draft.answer.seq = seq
        for (key, answer) in draft.answers { answers.remember(answer, for: key) }
        if let key, answers[key] == nil { answers.remember(draft.answer, for: key) }
        return draft.admissions.isEmpty ? .nothing(draft.answer) : .admitted(draft.admissions, draft.answer)
    }

    private mutating func add(
        _ patch: Patch, at index: Int, to draft: inout BatchDraft, from sender: Sender, now: Timestamp,
        witness: Witness
    ) throws(Refusal) {
        if case .execute = patch.operation {
            throw Refusal(.invalidPatch, "an EXECUTE is no part of a batch: send it alone", path: patch.path)
        }
        let claim = patch.claimedUser
        let key = patch.id.map { AnswerMemory.Key(user: sender.user(claiming: claim), id: $0) }
        if let key, answers[key] != nil || draft.keys.contains(key) { return }
        let stamped = patch.stamped(by: sender, claiming: claim, now: now)
        let outcome = try apply(stamped, rights: sender.rights, now: now)
        if let admission = outcome.admission {
            draft.admissions.append(admission)
            witness(admission, tree)
        }
        let answer = Answer(seq: seq, timestamp: stamped.timestamp ?? now, superseded: outcome.superseded)
        if let key {
            draft.keys.insert(key)
            draft.answers.append((key, answer))
        }
        draft.answer.timestamp = answer.timestamp
        draft.answer.superseded += answer.superseded.map { $0.isEmpty ? "\(index)" : "\(index)/\($0)" }
    }

    private mutating func takeBack(_ draft: BatchDraft) {
        for admission in draft.admissions.reversed() { tree.revert(admission.change) }
        seq = draft.before
        memory.takeBack(after: seq, texts: draft.textsBefore)
    }
}
