import TreenityProtocol
import TreenityStore

extension Model {
    /// How long a place is left before it is written, in milliseconds.
    private static let placeDelay: Int64 = 5_000

    /// Where the user is now; `nil`: at what is gone.
    var place: KeptPlace? {
        guard let node = outline.node, tree.contains(node), tree.contains(outline.top) else {
            return nil
        }
        let folds = outline.folds.kept(most: KeptPlace.mostFolds, in: tree)
        return KeptPlace(cursor: tree.path(of: node), top: tree.path(of: outline.top), folds: folds)
    }

    /// Has the place kept, where it is another one than before: now and then, and at the end.
    mutating func keepPlace(atEnd: Bool) -> [Effect] {
        guard settings.keepsPlace, hasLoaded, !isFrozen else { return [] }
        guard atEnd || now.milliseconds - placeKept.at.milliseconds >= Model.placeDelay else { return [] }
        placeKept.at = now
        guard let place, place != placeKept.place, loading.awaited == nil else { return [] }
        placeKept.place = place
        return [.state(.keepPlace(place))]
    }

    /// Goes back to where the last run ended, unless the user asked for a place or went to one.
    mutating func goBack(to place: KeptPlace) {
        placeKept.place = place
        guard settings.start.isRoot, outline.cursor == .node(tree.root), loading.awaited == nil else { return }
        loading.awaited = AwaitedPlace(place)
        if hasLoaded { goBack() }
    }
}
