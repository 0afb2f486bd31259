import TreenityProtocol
import TreenitySequencer
import TreenityStore

extension Exchange {
    /// Decides on patches that come from inside of the server, each alone.
    mutating func submit(
        _ patches: [Patch], user: String, now: Timestamp
    ) -> (answers: [Result<Answer, Refusal>], deliveries: [Delivery]) {
        let answers = patches.map { patch -> Result<Answer, Refusal> in
            switch decide(.patch(patch), from: Sender(user: user), now: now) {
            case .admitted(_, let answer), .nothing(let answer), .repeated(let answer): .success(answer)
            case .refused(let refusal): .failure(refusal)
            }
        }
        return (answers, flush())
    }

    /// Has the sequencer decide, and notes for every audience what it sees of that.
    private mutating func decide(_ proposal: Proposal, from sender: Sender, now: Timestamp) -> Verdict {
        var audiences = audiences
        self.audiences = []
        defer { self.audiences = audiences }
        let verdict = sequencer.admit(proposal, from: sender, now: now) { admission, tree in
            for place in audiences.indices { audiences[place].witness(admission.patch, in: tree) }
        }
        for place in audiences.indices {
            if case .admitted = verdict { audiences[place].settle() } else { audiences[place].forget() }
        }
        return verdict
    }

    mutating func propose(_ proposal: Proposal, in visit: inout Visit) {
        guard proposal.count <= limits.maximumBatch else {
            visit.refuse(proposal.id, Refusal(.tooLarge, "a batch has at most \(limits.maximumBatch) patches"))
            return
        }
        let verdict = decide(proposal, from: visit.session.sender, now: visit.now)
        switch verdict {
        case .admitted(let admissions, let answer):
            if let user = admissions.last?.patch.sender { visit.session.user = user }
            visit.acknowledge(proposal.id, answer)
        case .nothing(let answer), .repeated(let answer): visit.acknowledge(proposal.id, answer)
        case .refused(let refusal): visit.refuse(proposal.id, refusal)
        }
    }

    private mutating func flush() -> [Delivery] {
        audiences.indices.flatMap { audiences[$0].flush() }
    }

    /// Sends on what was decided, then the answers, so that an ACK comes behind its patch.
    mutating func deliver(_ visit: inout Visit) {
        visit.reaction.deliveries += flush() + visit.takeAnswers()
    }
}
