import TreenityProtocol
import TreenityStore

extension Model {
    mutating func feed(_ command: FeedCommand) -> [Effect] {
        switch command {
        case .filter: askForFilter()
        case .ofSubtree: restrictFeed()
        case .mute: mute()
        case .timeFormat: changeTimeFormat()
        case .details: showPatch()
        case .revert: askToRevert()
        case .export: askForExport()
        case .company: showCompany()
        }
        return []
    }

    private mutating func restrictFeed() {
        guard let node = outline.node, tree.contains(node) else { return }
        let path = tree.path(of: node)
        feed.change { $0.subtree = $0.subtree == path ? nil : path }
    }

    private mutating func mute() {
        guard let path = pathUnderCursor else { return }
        let place = feed.scope.muted.firstIndex { path.isWithin($0) }
        feed.change { scope in
            if let place { scope.muted.remove(at: place) } else { scope.muted.append(path) }
        }
        notice = .information("patches below \(path) are \(place == nil ? "muted" : "shown again")")
    }

    /// What the pane in use is about: the selected patch's path, else the node's.
    private var pathUnderCursor: TreePath? {
        if focus == .feed { return feed.selected?.patch.path }
        guard let node = outline.node, tree.contains(node) else { return nil }
        return tree.path(of: node)
    }

    /// Takes back, one after the other, what narrows the feed: the filter, then the place in it.
    mutating func cancelInFeed() {
        if feed.scope.filter == nil { return feed.follow() }
        feed.change { $0.filter = nil }
        notice = .information("all patches are shown again, but for those that are muted")
    }

    private mutating func changeTimeFormat() {
        let all = TimeFormat.allCases
        let place = all.firstIndex(of: settings.timeFormat) ?? 0
        settings.timeFormat = all[(place + 1) % all.count]
        notice = .information("times of the patches: \(settings.timeFormat.rawValue)")
    }
}
