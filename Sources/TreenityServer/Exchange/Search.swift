import TreenityProtocol
import TreenityStore

/// Looks through a subtree for nodes of which the name, a key or a scalar value contains a text, whatever the case.
struct Search: FrameSource {
    private let query: FindQuery
    private let limit: Int
    private let tree: Replica

    /// - Parameter limit: at most so many paths are told.
    init(_ query: FindQuery, limit: Int, in tree: Replica) {
        self.query = query
        self.limit = limit
        self.tree = tree
    }

    /// O(size of the subtree) when the frame is asked for.
    func makeFrames() -> AnyIterator<ServerFrame> {
        var isDone = false
        return AnyIterator {
            guard !isDone else { return nil }
            isDone = true
            return found()
        }
    }

    private func found() -> ServerFrame {
        guard let top = tree.node(at: query.path) else { return .found(id: query.id, paths: [], more: false) }
        let piece = FoldedText(query.query)
        var paths: [TreePath] = []
        for node in tree.subtree(of: top) where matches(node, piece) {
            guard paths.count < limit else { return .found(id: query.id, paths: paths, more: true) }
            paths.append(tree.path(of: node))
        }
        return .found(id: query.id, paths: paths, more: false)
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
