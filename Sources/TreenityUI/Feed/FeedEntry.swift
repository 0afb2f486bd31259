import TreenityProtocol
import TreenityStore

/// What one row of the feed says.
struct FeedEntry: Sendable {
    /// What became of the patch.
    enum Outcome: Sendable {
        /// It took effect.
        case applied
        /// One of the user's own edits was refused.
        case refused(Refusal)
    }

    /// A property before and after.
    struct Difference: Equatable, Sendable {
        /// The key, with the names that lead to its node from the patch's path; empty where that is the property's own.
        var name: String
        var old: JSONValue?
        var new: JSONValue?
    }

    /// Counts up from 0 over the program's life.
    let number: Int
    let time: Timestamp
    /// The newest of the patches that the row stands for.
    let patch: Patch
    let outcome: Outcome
    /// From before the first patch to after the last one.
    let differences: [Difference]
    /// How many nodes went, for a DELETE.
    let removed: Int
    /// How many patches of the same kind in a row the entry stands for.
    let count: Int
    /// The changes that it stands for, by their numbers in the history; the first may be forgotten.
    let changes: ClosedRange<Int>

    private static let maximumDifferences = 8

    /// `nil`: it is forgotten.
    init?(_ row: FeedRow, number: Int, in history: History) {
        self.number = number
        count = row.last - row.first + 1
        changes = row.first...row.last
        if let refused = row.refused {
            (time, patch, outcome) = (refused.time, refused.patch, .refused(refused.refusal))
            (differences, removed) = ([], 0)
            return
        }
        let position = History.Position(row.last)
        guard let last = history[position] else { return nil }
        (time, patch, outcome) = (last.received, last.change.patch, .applied)
        removed = last.change.removedCount
        var differences = last.change.differences(atMost: FeedEntry.maximumDifferences)
        if row.first < row.last {
            // What the oldest of them replaced; all of them are of the same properties.
            let first = max(History.Position(row.first), history.start.next)
            let older = history[first]?.change.differences(atMost: FeedEntry.maximumDifferences) ?? []
            for (place, difference) in zip(differences.indices, older) { differences[place].old = difference.old }
        }
        self.differences = differences
    }
}

extension Change {
    fileprivate var removedCount: Int {
        effects.reduce(0) { count, effect in
            if case .removed(let subtree) = effect { count + subtree.count } else { count }
        }
    }
}
