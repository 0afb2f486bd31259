import TreenityProtocol
import TreenityStore

/// Looks through a subtree for nodes of which the name, a key or a scalar value contains a text, whatever the case.
struct Search: FrameSource {
    private let query: FindQuery
    private let view: View
    private let limit: Int
    private let tree: Replica

    /// - Parameters:
    ///   - view: what may be seen at the query's path and below.
    ///   - limit: at most so many paths are told.
    init(_ query: FindQuery, _ view: View, limit: Int, in tree: Replica) {
        self.query = query
        self.view = view
        self.limit = limit
        self.tree = tree
    }

    /// O(size of the subtree).
    func write<Failure: Error>(_ send: (ServerFrame) async throws(Failure) -> Void) async throws(Failure) {
        let piece = FoldedText(query.query)
        var paths: [TreePath] = []
        for top in view.tops.compactMap(tree.node(at:)) {
            for node in tree.subtree(of: top) where matches(node, piece) {
                guard paths.count < limit else {
                    return try await send(.found(id: query.id, paths: paths, more: true))
                }
                paths.append(tree.path(of: node))
            }
        }
        try await send(.found(id: query.id, paths: paths, more: false))
    }

    private func matches(_ node: NodeID, _ piece: FoldedText) -> Bool {
        if piece.isContained(in: tree.name(of: node).text) { return true }
        return tree.properties(of: node).contains { property in
            piece.isContained(in: property.name.text)
                || property.value.scalarText.map(piece.isContained(in:)) == true
        }
    }
}

extension JSONValue {
    /// The text of a value that is no array and no object.
    fileprivate var scalarText: String? {
        switch kind {
        case .string: string
        case .null, .boolean, .integer, .number: text
        case .array, .object: nil
        }
    }
}
