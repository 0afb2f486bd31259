import TreenityProtocol

/// Which patches the feed shows.
struct FeedScope: Sendable {
    /// Subtrees of which nothing is shown.
    var muted: [TreePath] = []
    /// The only subtree of which something is shown; `nil`: all.
    var subtree: TreePath?
    /// What else must hold.
    var filter: FeedFilter?

    func shows(_ patch: Patch) -> Bool {
        if let subtree, !patch.addresses.contains(where: { $0.isWithin(subtree) }) { return false }
        if !muted.isEmpty, patch.addresses.allSatisfy({ address in muted.contains { address.isWithin($0) } }) {
            return false
        }
        return filter?.matches(patch) ?? true
    }
}

extension Patch {
    /// What it names: its path, and, of a move, the target.
    var addresses: [TreePath] {
        if case .move(let target) = operation { [path, target] } else { [path] }
    }
}
