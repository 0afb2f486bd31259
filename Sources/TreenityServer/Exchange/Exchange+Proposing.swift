import TreenityLog
import TreenityProtocol
import TreenitySequencer
import TreenityStore

extension Exchange {
    /// Has a proposal written down, unless it is refused whatever the tree is like.
    mutating func propose(_ proposal: Proposal, in visit: inout Visit) {
        if let refusal = objection(to: proposal, in: visit) { return visit.refuse(proposal.id, refusal) }
        let bytes = proposal.roughBytes
        let ticket = issueTicket(for: .session(visit.id, id: proposal.id, bytes: bytes))
        visit.session.submitted += 1
        visit.session.undecidedBytes += bytes
        visit.reaction.submissions.append(
            LogEntry(.proposal(proposal), from: visit.session.sender, received: visit.now, ticket: ticket))
    }

    /// Has patches that come from inside of the server written down, each alone. Their verdicts come by their tickets.
    mutating func submit(
        _ patches: [Patch], user: String, now: Timestamp
    ) -> (entries: [LogEntry], tickets: [UInt64]) {
        let entries = patches.map { patch in
            LogEntry(
                .proposal(.patch(patch)), from: Sender(user: user), received: now, ticket: issueTicket(for: .server))
        }
        return (entries, entries.compactMap { $0.ticket?.number })
    }

    /// Has the end of an action written down.
    mutating func complete(_ completion: Completion, from sender: Sender, now: Timestamp) -> LogEntry {
        LogEntry(.completion(completion), from: sender, received: now, ticket: issueTicket(for: .server))
    }

    private mutating func issueTicket(for waiter: Waiter) -> Ticket {
        lastTicket += 1
        waiters[lastTicket] = waiter
        return Ticket(server: server, number: lastTicket)
    }

    private mutating func objection(to proposal: Proposal, in visit: Visit) -> Refusal? {
        guard proposal.count <= limits.maximumBatch else {
            return Refusal(.tooLarge, "a batch has at most \(limits.maximumBatch) patches")
        }
        if case .patch(let patch) = proposal, case .execute = patch.operation, !actions(patch.path) {
            return Refusal(.noAction, "there is no action at \(patch.path)", path: patch.path)
        }
        guard tree.nodeCount < limits.maximumNodes || !proposal.mayGrow else {
            return Refusal(.tooLarge, "the tree has \(limits.maximumNodes) nodes, as many as it may have")
        }
        guard let rate = limits.patchesPerSecond else { return nil }
        let user = visit.session.provenUser ?? visit.session.name
        guard rates.admit(proposal.count, of: user, at: visit.now, perSecond: rate) else {
            return Refusal(.rateLimited, "at most \(rate) patches a second are taken of one user")
        }
        return nil
    }
}

extension Proposal {
    fileprivate var roughBytes: Int {
        switch self {
        case .patch(let patch): patch.roughBytes
        case .batch(_, let patches): patches.reduce(0) { $0 + $1.roughBytes }
        }
    }

    /// Whether there may be more nodes afterwards.
    fileprivate var mayGrow: Bool {
        switch self {
        case .patch(let patch): patch.mayGrow
        case .batch(_, let patches): patches.contains { $0.mayGrow }
        }
    }
}

extension Patch {
    fileprivate var mayGrow: Bool {
        switch operation {
        case .add: true
        case .edit(let value): value.isObject && TextEdit(value) == nil
        case .delete, .move, .execute: false
        }
    }
}
