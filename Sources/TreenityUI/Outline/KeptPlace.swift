public import TreenityProtocol

/// Where the user was in a server's tree and what was unfolded there, to be found again by path at the next start.
public struct KeptPlace: Equatable, Sendable {
    /// What the cursor stood on.
    var cursor: TreePath
    /// The node that was shown as the top.
    var top: TreePath
    /// What was unfolded, outer nodes first.
    var opened: [TreePath]

    /// So many unfolded nodes are remembered at most.
    static let mostOpened = 500

    init(cursor: TreePath, top: TreePath, opened: [TreePath]) {
        self.cursor = cursor
        self.top = top
        self.opened = opened
    }

    /// A place as it was written; `nil`: this is none.
    public init?(_ json: JSONValue) {
        func path(_ value: JSONValue?) -> TreePath? { value?.string.flatMap { try? TreePath(parsing: $0) } }
        guard let cursor = path(json["cursor"]), let top = path(json["top"]) else { return nil }
        self.cursor = cursor
        self.top = top
        opened = (json["opened"]?.elements ?? []).prefix(KeptPlace.mostOpened).compactMap { path($0) }
    }

    /// The place, to be written.
    public var json: JSONValue {
        [
            "cursor": .string(cursor.text), "top": .string(top.text),
            "opened": .array(opened.map { .string($0.text) }),
        ]
    }
}
