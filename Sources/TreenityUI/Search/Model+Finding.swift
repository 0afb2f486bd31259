import TreenityProtocol
import TreenityStore

/// What the server met when it was asked, for a tree of which only parts are here.
struct FoundElsewhere: Sendable {
    /// Of the question.
    var id: String
    var text: String
    /// `nil`: the answer is awaited.
    var paths: [TreePath]?
    /// Whether there are others.
    var more = false
    /// The one that was gone to last.
    var place = 0
}

extension Model {
    /// How many places are asked for.
    private static let mostFound = 1_000

    /// Asks the server, where only it can know.
    mutating func findElsewhere(_ text: String) -> [Effect] {
        guard loading.extent == .parts, !text.isEmpty else { return [] }
        guard connection.session?.welcome != nil else {
            notice = .warning("offline: only what is loaded can be searched")
            return []
        }
        let top = tree.contains(outline.top) ? tree.path(of: outline.top) : .root
        let query = FindQuery(id: nextID(), path: top, query: text, limit: Model.mostFound)
        found = FoundElsewhere(id: query.id, text: text)
        notice = .information("the server searches for “\(text)” …")
        return [.network(.find(query))]
    }

    mutating func found(_ id: String, _ paths: [TreePath], more: Bool) {
        guard found?.id == id else { return }
        found?.paths = paths
        found?.more = more
        goToFound(by: 0)
    }

    /// Goes to one of the places that the server met, which may have to be loaded.
    ///
    /// - Returns: `false`: there are none, as the server was not asked.
    @discardableResult
    mutating func goToFound(by step: Int) -> Bool {
        guard loading.extent == .parts, var found, let paths = found.paths else { return false }
        guard !paths.isEmpty else {
            notice = .warning("no match for “\(found.text)”")
            return true
        }
        found.place = ((found.place + step) % paths.count + paths.count) % paths.count
        self.found = found
        go(to: paths[found.place])
        let count = found.more ? "\(paths.count)+" : "\(paths.count)"
        notice = .information("\(found.place + 1)/\(count) for “\(found.text)”")
        return true
    }

    /// Goes to a node that is here, or as soon as it is.
    private mutating func go(to path: TreePath) {
        if let node = tree.node(at: path) {
            outline.go(to: node, in: tree)
        } else if !tree.approach(to: path).isEmpty {
            loading.awaited = AwaitedPlace(path)
        }
    }
}
