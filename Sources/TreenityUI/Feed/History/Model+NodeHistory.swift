import TreenityProtocol
import TreenityStore

extension Model {
    /// Asks the server for the history of the node under the cursor; one that speaks the bare protocol, or is not there,
    /// cannot be asked: then what came here is looked through.
    mutating func showHistory() -> [Effect] {
        guard let node = outline.node, tree.contains(node) else {
            notice = .warning("this node is gone; move on to another one")
            return []
        }
        var page = NodeHistory(node, at: tree.path(of: node))
        defer { dialog = .feed(.history(page)) }
        guard connection.session?.welcome != nil else {
            page.rest = feed.history.end
            page.remark = "what came here, and is remembered"
            return []
        }
        return ask(&page)
    }

    private mutating func ask(_ page: inout NodeHistory) -> [Effect] {
        let query = HistoryQuery(
            id: nextID(), path: page.path, before: page.items.last?.patch.seq, limit: NodeHistory.batch)
        page.question = query.id
        return [.network(.askHistory(query))]
    }

    /// The server's answer.
    mutating func historyCame(_ id: String, _ patches: [HistoricalPatch], more: Bool) {
        guard case .feed(.history(var page)) = dialog, page.question == id else { return }
        page.question = nil
        page.hasMore = more && !patches.isEmpty
        page.append(patches)
        dialog = .feed(.history(page))
    }

    /// The server does not answer. `false`: it was asked for something else.
    mutating func historyRefused(_ id: String?, _ reason: String) -> Bool {
        guard case .feed(.history(var page)) = dialog, let id, page.question == id else { return false }
        page.question = nil
        page.remark = reason
        dialog = .feed(.history(page))
        return true
    }

    /// The connection is gone, and with it the answer.
    mutating func historyLost() {
        guard case .feed(.history(let page)) = dialog, page.question != nil else { return }
        _ = historyRefused(page.question, "the connection was lost before the server answered")
    }

    /// Looks through the next slice of what came here. `true`: there is more.
    mutating func searchHistory() -> Bool {
        guard case .feed(.history(var page)) = dialog, page.rest != nil else { return false }
        page.proceed(feed.history)
        dialog = .feed(.history(page))
        return page.rest != nil
    }

    mutating func press(_ key: Key, in page: NodeHistory) -> [Effect] {
        var page = page
        switch key {
        case .escape, .left, .character("q"), .character("h"), .control("c"):
            dialog = nil
            return []
        case .enter, .character("s"):
            dialog = nil
            if page.items.indices.contains(page.cursor) { go(to: page.items[page.cursor]) }
            return []
        case .character("y"):
            guard page.items.indices.contains(page.cursor) else { return [] }
            dialog = nil
            notice = .information("the patch is copied")
            return [.terminal(.copy(JSONValue(patch: page.items[page.cursor].patch).text))]
        default:
            page.cursor = PageMotion.moved(
                page.cursor, key, last: page.items.count - 1, height: max(2, pageHeight / 2))
        }
        var effects: [Effect] = []
        if page.hasMore, page.question == nil, page.cursor + NodeHistory.batch / 5 >= page.items.count {
            effects = ask(&page)
        }
        dialog = .feed(.history(page))
        return effects
    }

    /// Goes to the moment after a patch.
    private mutating func go(to item: NodeHistory.Item) {
        let position =
            item.patch.seq.map { feed.history.position(after: $0) } ?? feed.history.position(at: item.time)
        guard let position, feed.history.reach.contains(position), position < feed.history.end || isFrozen else {
            notice = .information(
                position.map { $0 == feed.history.end } ?? false
                    ? "nothing has come after this: it is as it is now"
                    : "this is further back than the patches are remembered")
            return
        }
        travel(to: position)
    }
}
