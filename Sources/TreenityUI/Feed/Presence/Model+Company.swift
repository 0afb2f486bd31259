import TreenityProtocol
import TreenityStore

/// The list of those who are here.
struct CompanyPage: Sendable {
    /// The row under the cursor.
    var row = 0
}

extension Model {
    /// The sessions of others that say where they are, by their users.
    var company: [Presence] {
        let own = connection.session?.welcome?.session
        return presences.filter { $0.session != own }.sorted { ($0.user, $0.session) < ($1.user, $1.session) }
    }

    /// Others at the row of a node: on it, or on something that is folded away below it.
    ///
    /// - Complexity: O(sessions × depth), of the first thousand sessions.
    var visitors: [NodeID: [String]] {
        let tree = tree
        var visitors: [NodeID: [String]] = [:]
        for presence in company.prefix(1_000) {
            guard let path = presence.path, let node = tree.node(at: path), tree.isNode(node, within: outline.top)
            else { continue }
            let row = outline.foldedAncestor(of: node, in: tree) ?? node
            if visitors[row]?.last != presence.user { visitors[row, default: []].append(presence.user) }
        }
        return visitors
    }

    mutating func showCompany() {
        guard connection.session?.welcome != nil else {
            notice = .information("who is here, only a server with sessions tells, while it is connected")
            return
        }
        dialog = .feed(.company(CompanyPage()))
    }

    mutating func press(_ key: Key, in page: CompanyPage) {
        var page = page
        let company = company
        switch key {
        case .escape, .character("q"), .left, .character("h"), .control("c"): dialog = nil
        case .enter, .right, .character("l"):
            dialog = nil
            if company.indices.contains(page.row) { visit(company[page.row]) }
        default:
            page.row = PageMotion.moved(page.row, key, last: company.count - 1, height: pageHeight)
            dialog = .feed(.company(page))
        }
    }

    private mutating func visit(_ presence: Presence) {
        guard let path = presence.path else {
            notice = .information("\(presence.user) shows nobody where they are")
            return
        }
        focus = .tree
        if let node = tree.node(at: path) {
            outline.go(to: node, in: tree)
        } else if !tree.approach(to: path).isEmpty, !isFrozen {
            loading.awaited = AwaitedPlace(path)
        } else {
            notice = .warning("nothing is at \(path)")
        }
    }
}
