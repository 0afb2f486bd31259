import TreenityProtocol
import TreenityStore

/// One row of the patch feed.
struct FeedEntry: Sendable {
    /// What the row tells.
    enum Outcome: Sendable {
        /// The patch took effect.
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
    var number: Int
    var time: Timestamp
    var patch: Patch
    var outcome: Outcome
    var differences: [Difference]
    /// How many nodes went, for a DELETE.
    var removed: Int
    /// How many patches of the same kind in a row the entry stands for.
    var count = 1

    private static let maximumDifferences = 8

    init(number: Int, time: Timestamp, patch: Patch, change: Change, in tree: Replica) {
        self.number = number
        self.time = time
        self.patch = patch
        outcome = .applied
        removed = 0
        differences = []
        for effect in change.effects.prefix(FeedEntry.maximumDifferences) {
            switch effect {
            case .property(let change):
                differences.append(
                    Difference(
                        name: FeedEntry.name(of: change, below: patch.path, in: tree), old: change.old?.value,
                        new: change.new?.value))
            case .removed(let subtree): removed += subtree.count
            case .added, .moved, .count: break
            }
        }
    }

    init(number: Int, time: Timestamp, patch: Patch, refusal: Refusal) {
        self.number = number
        self.time = time
        self.patch = patch
        outcome = .refused(refusal)
        removed = 0
        differences = []
    }

    private static func name(of change: PropertyChange, below path: TreePath, in tree: Replica) -> String {
        guard tree.contains(change.node) else { return change.name.text }
        guard let way = tree.path(of: change.node).names(from: path) else { return "" }
        return (way + [change.name]).map(\.text).joined(separator: "/")
    }

    /// Whether `other` is the same edit once more: same place, author and keys.
    func isRepeated(by other: FeedEntry) -> Bool {
        guard case .edit = patch.operation, case .edit = other.patch.operation, case .applied = outcome,
            case .applied = other.outcome
        else { return false }
        return patch.path == other.patch.path && patch.sender == other.patch.sender
            && differences.map(\.name) == other.differences.map(\.name)
    }
}
