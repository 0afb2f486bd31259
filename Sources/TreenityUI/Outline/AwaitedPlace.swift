import TreenityProtocol
import TreenityStore

/// A place to go to as soon as it is here, and what is to be folded and unfolded then.
struct AwaitedPlace: Sendable {
    private(set) var cursor: TreePath?
    /// The node to show as the top.
    private(set) var top: TreePath?
    /// In the order in which they were said.
    private(set) var folds: [KeptFold]

    init(_ cursor: TreePath) {
        self.cursor = cursor
        folds = []
    }

    init(_ place: KeptPlace) {
        (cursor, top, folds) = (place.cursor, place.top, place.folds)
    }

    /// What has to come.
    var paths: [TreePath] { folds.map(\.path) + [top, cursor].compactMap { $0 } }

    /// Does what can be done by now, and gives up what is gone.
    ///
    /// - Returns: whether something is still awaited.
    mutating func arrive(at outline: inout Outline, in tree: Replica) -> Bool {
        folds.removeAll { fold in
            guard let node = tree.node(at: fold.path) else { return AwaitedPlace.isGone(fold.path, in: tree) }
            outline.folds.set(node, fold.state, in: tree)
            return true
        }
        if let path = top, let node = tree.node(at: path) {
            outline.top = node
            if !outline.isCursorWithinTop(in: tree) { outline.go(to: node, in: tree) }
            top = nil
        } else if let path = top, AwaitedPlace.isGone(path, in: tree) {
            top = nil
        }
        if let path = cursor, let node = tree.node(at: path) {
            outline.go(to: node, in: tree)
            cursor = nil
        } else if let path = cursor, AwaitedPlace.isGone(path, in: tree) {
            cursor = nil
        }
        outline.mayScroll = true
        return !paths.isEmpty
    }

    /// Whether waiting for it is of no use.
    private static func isGone(_ path: TreePath, in tree: Replica) -> Bool { tree.approach(to: path).isEmpty }
}
