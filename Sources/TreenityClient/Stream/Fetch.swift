import TreenityProtocol
import TreenityStore

/// More of a tree that is wanted than what its subscription brings: one level after the other, down to its top, and then
/// that.
struct Fetch: Hashable, Sendable {
    /// Of all the subscriptions that it takes.
    let id: String
    let path: TreePath
    let depth: Int?

    /// What to ask for next, given what is loaded.
    func next(in tree: Replica) -> Subscription {
        guard let step = tree.approach(to: path).first else { return Subscription(id: id, path: path, depth: depth) }
        return Subscription(id: id, path: step, depth: 1)
    }

    /// Whether it has come to its end with the snapshot of a path.
    func isDone(with path: TreePath) -> Bool { path == self.path }
}
