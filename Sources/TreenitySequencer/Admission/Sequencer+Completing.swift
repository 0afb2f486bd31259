public import TreenityProtocol
public import TreenityStore

extension Sequencer {
    /// Takes in what an action gave: its patches are admitted all or not at all, and its result is remembered, so that
    /// the same `EXECUTE` sent again gets it again. One that failed is forgotten, so that it may be tried again.
    ///
    /// - Parameter sender: as whom, and with which rights, the patches are made.
    /// - Returns: an answer with the result; or why the action failed, or what kept its patches from being admitted
    ///   (`action-failed`).
    /// - Complexity: that of a batch of its patches.
    public mutating func admit(
        _ completion: Completion, from sender: Sender, now: Timestamp, witness: Witness = { _, _ in }
    ) -> Verdict {
        let key = completion.id.map { AnswerMemory.Key(user: completion.user, id: $0) }
        do {
            let yield = try completion.outcome.get()
            var verdict = Verdict.nothing(Answer(seq: seq, timestamp: now))
            if !yield.patches.isEmpty {
                let anonymous = yield.patches.map { $0.withoutID }
                verdict = admit(batch: anonymous, id: nil, from: sender, now: now, witness: witness)
            }
            return finish(verdict, giving: yield.value, for: key)
        } catch {
            if let key { answers.forget(key) }
            return .refused(error)
        }
    }

    private mutating func finish(_ verdict: Verdict, giving value: JSONValue, for key: AnswerMemory.Key?) -> Verdict {
        switch verdict {
        case .admitted(let admissions, let answer): .admitted(admissions, finish(answer, giving: value, for: key))
        case .nothing(let answer), .repeated(let answer): .nothing(finish(answer, giving: value, for: key))
        case .refused(let refusal):
            .refused(fail(refusal, for: key))
        }
    }

    private mutating func finish(_ answer: Answer, giving value: JSONValue, for key: AnswerMemory.Key?) -> Answer {
        var answer = answer
        answer.execution = .finished(value)
        // The answer may be forgotten meanwhile: the EXECUTE is then a new one when it comes again.
        if let key, answers[key] != nil { answers.replace(answer, for: key) }
        return answer
    }

    private mutating func fail(_ refusal: Refusal, for key: AnswerMemory.Key?) -> Refusal {
        if let key { answers.forget(key) }
        let which = refusal.index.map { "patch \($0) of the action's reply" } ?? "the action's reply"
        return Refusal(.actionFailed, "\(which) was refused: \(refusal)", path: refusal.path)
    }
}

extension Patch {
    /// The ids in an action's reply are of no sender's.
    fileprivate var withoutID: Patch {
        var patch = self
        patch.id = nil
        return patch
    }
}
