/// What a client says to a server.
public enum ClientFrame: Hashable, Sendable {
    /// One change, each answered by its own `id`.
    case patch(Patch)
    /// Changes that are taken all or not at all.
    case batch(id: String?, patches: [Patch])
    /// Asks for a subtree and all that happens in it.
    case subscribe(Subscription)
    /// Ends a subscription.
    case unsubscribe(id: String)
    /// Asks for the patches that changed what is at a path.
    case history(HistoryQuery)
    /// Asks for nodes by a piece of their name, keys or values.
    case find(FindQuery)
    /// Says where the user's cursor is; `nil`: out of view.
    case presence(TreePath?)
    /// Answers an `EXECUTE`.
    case result(id: String, value: JSONValue)
}

/// What a `SUBSCRIBE` asks for.
public struct Subscription: Hashable, Sendable {
    /// Chosen by the client; the answers name it.
    public var id: String
    /// The top of the subtree.
    public var path: TreePath
    /// How many levels the snapshot holds below the path: 0 is the node alone, `nil` everything.
    public var depth: Int?
    /// The last place in the order that the client knows: asks for what came after it instead of a snapshot.
    public var since: SequenceNumber?
    /// The epoch that ``since`` belongs to.
    public var epoch: String?

    /// A subscription of these parts.
    public init(
        id: String, path: TreePath, depth: Int? = nil, since: SequenceNumber? = nil, epoch: String? = nil
    ) {
        self.id = id
        self.path = path
        self.depth = depth
        self.since = since
        self.epoch = epoch
    }
}

/// What a client's `HISTORY` asks for.
public struct HistoryQuery: Hashable, Sendable {
    /// Chosen by the client; the answer names it.
    public var id: String
    /// Whose history.
    public var path: TreePath
    /// Only what came before this place in the order.
    public var before: SequenceNumber?
    /// At most so many patches.
    public var limit: Int?

    /// A query of these parts.
    public init(id: String, path: TreePath, before: SequenceNumber? = nil, limit: Int? = nil) {
        self.id = id
        self.path = path
        self.before = before
        self.limit = limit
    }
}

/// What a `FIND` asks for.
public struct FindQuery: Hashable, Sendable {
    /// Chosen by the client; the answer names it.
    public var id: String
    /// The top of the subtree to look in.
    public var path: TreePath
    /// The piece of a name, key or scalar value, case-folded.
    public var query: String
    /// At most so many paths.
    public var limit: Int?

    /// A query of these parts.
    public init(id: String, path: TreePath, query: String, limit: Int? = nil) {
        self.id = id
        self.path = path
        self.query = query
        self.limit = limit
    }
}
