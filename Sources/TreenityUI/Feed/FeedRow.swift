import TreenityProtocol

/// One row of the feed, by what it tells of: no more than is needed to find that again.
struct FeedRow: Sendable {
    /// The first and the last of the changes that it stands for, by their numbers in the history; where it tells of a
    /// refusal, the newest change before.
    var first: Int
    var last: Int
    /// An edit that was not taken.
    var refused: RefusedPatch?
}

/// A patch that took no effect, and why.
final class RefusedPatch: Sendable {
    let patch: Patch
    let refusal: Refusal
    let time: Timestamp

    init(_ patch: Patch, _ refusal: Refusal, at time: Timestamp) {
        self.patch = patch
        self.refusal = refusal
        self.time = time
    }

    /// About how many bytes it takes.
    var bytes: Int { 512 + patch.path.text.utf8.count + (patch.operation.value?.text.utf8.count ?? 0) }
}

extension Patch.Operation {
    /// What the patch brings; `nil`: nothing.
    var value: JSONValue? {
        switch self {
        case .add(let value), .edit(let value): value
        case .execute(let argument): argument
        case .delete, .move: nil
        }
    }
}
