import TreenityProtocol
import TreenityStore

extension Model {
    /// How long a place is left before it is written, in milliseconds.
    private static let placeDelay: Int64 = 5_000

    /// Where the user is now; `nil`: nowhere yet, or in the past.
    private var place: KeptPlace? {
        guard hasLoaded, !isFrozen, let node = outline.node, tree.contains(node), tree.contains(outline.top) else {
            return nil
        }
        let tree = tree
        let open = outline.folds.opened.filter { tree.contains($0) }.prefix(KeptPlace.mostOpened)
        let paths = open.map { tree.path(of: $0) }.sorted { ($0.depth, $0.text) < ($1.depth, $1.text) }
        return KeptPlace(cursor: tree.path(of: node), top: tree.path(of: outline.top), opened: paths)
    }

    /// Has the place kept, where it is another one than before: now and then, and at the end.
    mutating func keepPlace(atEnd: Bool) -> [Effect] {
        guard settings.keepsPlace else { return [] }
        guard atEnd || now.milliseconds - placeKept.at.milliseconds >= Model.placeDelay else { return [] }
        placeKept.at = now
        guard let place, place != placeKept.place, loading.places.isEmpty else { return [] }
        placeKept.place = place
        return [.state(.keepPlace(place))]
    }

    /// Goes back to where the last run ended, unless the user asked for a place or went to one.
    mutating func goBack(to place: KeptPlace) {
        placeKept.place = place
        guard settings.start.isRoot, outline.cursor == .node(tree.root), loading.places.isEmpty else { return }
        loading.places = place.opened + [place.cursor]
        if hasLoaded { goBack() }
        if let top = tree.node(at: place.top), let node = outline.node, tree.isNode(node, within: top) {
            outline.top = top
        }
    }
}
