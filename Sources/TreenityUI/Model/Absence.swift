import TreenityProtocol
import TreenityStore

/// What happened while there was no connection.
struct Absence: Hashable, Sendable {
    /// The place in the order with which all of it has come.
    var end = SequenceNumber.zero
    private var added = 0
    private var changed: Set<NodeID> = []
    private var changedCount = 0
    private var removed = 0

    /// Nothing yet; the patches up to `end` are to be noted.
    init(end: SequenceNumber) {
        self.end = end
    }

    /// As a snapshot tells.
    init(_ summary: SnapshotLoad.Summary) {
        (added, changedCount, removed) = (summary.added, summary.changed, summary.removed)
    }

    /// One of the patches that were missed did this.
    mutating func note(_ change: Change) {
        for effect in change.effects {
            switch effect {
            case .added: added += 1
            case .removed(let subtree): removed += subtree.count
            case .property(let property): changed.insert(property.node)
            case .moved(let move): changed.insert(move.node)
            case .count(let count): changed.insert(count.node)
            }
        }
    }

    /// For a person; `nil`: nothing happened.
    var summary: String? {
        let changed = changedCount + changed.count
        guard added + changed + removed > 0 else { return nil }
        return "while away +\(added) ~\(changed) -\(removed)"
    }
}
