public import TreenityProtocol
public import TreenityStore

/// What the sequencer decides about a patch, or about a batch as a whole.
public enum Verdict: Sendable {
    /// These patches took effect, in this order; those of a batch that had none are left out.
    case admitted([Admission], Answer)
    /// It was allowed and changed nothing: it has no place in the order and is not sent on.
    case nothing(Answer)
    /// It was decided before, with this answer, and not applied again.
    case repeated(Answer)
    /// Nothing of it was applied.
    case refused(Refusal)
}

/// A patch that took effect.
public struct Admission: Sendable {
    /// The patch as everyone gets it: with its `seq`, its timestamp and its sender, without what was superseded.
    public var patch: Patch { change.patch }
    /// What it did to the tree.
    public let change: Change

    /// Whether an action is to be run now.
    var isExecution: Bool {
        if case .execute = patch.operation { true } else { false }
    }
}
