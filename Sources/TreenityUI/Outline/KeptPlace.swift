public import TreenityProtocol

/// Where the user was in a server's tree and what was unfolded there, to be found again by path at the next start.
public struct KeptPlace: Equatable, Sendable {
    /// What the cursor stood on.
    var cursor: TreePath
    /// The node that was shown as the top.
    var top: TreePath
    /// What was folded and unfolded, in the order in which it was said.
    var folds: [KeptFold]

    /// So many folds are remembered at most.
    static let mostFolds = 500

    init(cursor: TreePath, top: TreePath, folds: [KeptFold]) {
        self.cursor = cursor
        self.top = top
        self.folds = folds
    }

    /// A place as it was written; `nil`: this is none.
    public init?(_ json: JSONValue) {
        func path(_ value: JSONValue?) -> TreePath? { value?.string.flatMap { try? TreePath(parsing: $0) } }
        guard let cursor = path(json["cursor"]), let top = path(json["top"]) else { return nil }
        self.cursor = cursor
        self.top = top
        folds = (json["folds"]?.elements ?? []).prefix(KeptPlace.mostFolds).compactMap(KeptFold.init)
    }

    /// The place, to be written.
    public var json: JSONValue {
        ["cursor": .string(cursor.text), "top": .string(top.text), "folds": .array(folds.map(\.json))]
    }
}
