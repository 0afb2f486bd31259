public import TreenityProtocol
public import TreenityStore

/// What is decided on as a whole.
public enum Proposal: Hashable, Sendable {
    /// One patch.
    case patch(Patch)
    /// Patches that are taken all or not at all.
    case batch(id: String?, [Patch])

    /// By which its sender knows the answer.
    public var id: String? {
        switch self {
        case .patch(let patch): patch.id
        case .batch(let id, _): id
        }
    }

    /// How many patches it has.
    public var count: Int {
        switch self {
        case .patch: 1
        case .batch(_, let patches): patches.count
        }
    }
}

extension Sequencer {
    /// Decides on a patch or a batch; see ``admit(_:from:now:witness:)-(Patch,_,_,_)`` and
    /// ``admit(batch:id:from:now:witness:)``.
    public mutating func admit(
        _ proposal: Proposal, from sender: Sender, now: Timestamp, witness: Witness = { _, _ in }
    ) -> Verdict {
        switch proposal {
        case .patch(let patch): admit(patch, from: sender, now: now, witness: witness)
        case .batch(let id, let patches): admit(batch: patches, id: id, from: sender, now: now, witness: witness)
        }
    }
}
