/// What a server says to a client.
public enum ServerFrame: Hashable, Sendable {
    /// The first frame of a session.
    case welcome(Welcome)
    /// One chunk of a subtree as it was at one place in the order.
    case snapshot(Snapshot)
    /// Instead of a snapshot: what was missed follows, up to `seq`.
    case resumed(id: String, from: SequenceNumber, seq: SequenceNumber)
    /// One change that took effect.
    case patch(Patch)
    /// Changes that took effect one after the other.
    case batch([Patch])
    /// All that this session sees up to here has been sent.
    case at(SequenceNumber)
    /// A patch or batch was applied and is durable.
    case ack(Acknowledgement)
    /// A frame was refused; nothing of it was applied.
    case error(id: String?, Refusal)
    /// What an `EXECUTE` gave.
    case result(id: String, value: JSONValue)
    /// Patches that changed what is at a path, newest first.
    case history(id: String, patches: [HistoricalPatch], more: Bool)
    /// Paths of the nodes that matched.
    case found(id: String, paths: [TreePath], more: Bool)
    /// Where every user's cursor is.
    case presence([Presence])
}

/// The greeting of a session.
public struct Welcome: Hashable, Sendable {
    /// The subprotocol spoken.
    public var version: String
    /// The session's name; the server puts it into the `meta` of its patches.
    public var session: String
    /// The authenticated user; ``unknownUser`` where nobody has to say who they are.
    public var user: String
    /// Made with the tree: sequence numbers mean something only under the same epoch.
    public var epoch: String
    /// The newest place in the order.
    public var seq: SequenceNumber
    /// The server's clock.
    public var time: Timestamp
    /// The largest message that the server takes, in bytes.
    public var maximumMessageBytes: Int
    /// The most patches that the server takes in a batch.
    public var maximumBatch: Int

    /// The user of those who do not say who they are.
    public static let unknownUser = "local"

    /// A greeting of these parts.
    public init(
        version: String = protocolVersion, session: String, user: String, epoch: String, seq: SequenceNumber,
        time: Timestamp, maximumMessageBytes: Int, maximumBatch: Int
    ) {
        self.version = version
        self.session = session
        self.user = user
        self.epoch = epoch
        self.seq = seq
        self.time = time
        self.maximumMessageBytes = maximumMessageBytes
        self.maximumBatch = maximumBatch
    }
}

/// The name of the WebSocket subprotocol with sessions.
public let protocolVersion = "treenity.v1"

/// A chunk of a subtree, in pre-order.
public struct Snapshot: Hashable, Sendable {
    /// The subscription that it answers.
    public var id: String
    /// The top of the subtree.
    public var path: TreePath
    /// The place in the order for which it is true, the same in all chunks.
    public var seq: SequenceNumber
    /// The nodes, parents before their children.
    public var nodes: [Node]
    /// Whether further chunks follow.
    public var more: Bool

    /// One node without what lies below it.
    public struct Node: Hashable, Sendable {
        /// Its address.
        public var path: TreePath
        /// An object of its properties.
        public var properties: JSONValue
        /// How many child nodes it has, also where they are not part of the snapshot.
        public var children: Int
        /// When it was changed last.
        public var timestamp: Timestamp?

        /// A node of these parts.
        public init(path: TreePath, properties: JSONValue, children: Int, timestamp: Timestamp?) {
            self.path = path
            self.properties = properties
            self.children = children
            self.timestamp = timestamp
        }
    }

    /// A chunk of these parts.
    public init(id: String, path: TreePath, seq: SequenceNumber, nodes: [Node], more: Bool) {
        self.id = id
        self.path = path
        self.seq = seq
        self.nodes = nodes
        self.more = more
    }
}

/// The answer to a patch or batch that was taken.
public struct Acknowledgement: Hashable, Sendable {
    /// The `id` of the patch or batch.
    public var id: String
    /// Its place in the order; a batch's last; the current one where nothing took effect.
    public var seq: SequenceNumber
    /// The timestamp that it was given.
    public var timestamp: Timestamp
    /// Escaped paths, relative to the patch's, of the leaves that were older than what is there; empty for the property
    /// itself; with the patch's index before them in a batch.
    public var superseded: [String]

    /// An acknowledgement of these parts.
    public init(id: String, seq: SequenceNumber, timestamp: Timestamp, superseded: [String] = []) {
        self.id = id
        self.seq = seq
        self.timestamp = timestamp
        self.superseded = superseded
    }
}

/// A patch with what it replaced.
public struct HistoricalPatch: Hashable, Sendable {
    /// The patch as it took effect.
    public var patch: Patch
    /// What was there before.
    public var previous: JSONValue?

    /// A patch with what it replaced.
    public init(patch: Patch, previous: JSONValue?) {
        self.patch = patch
        self.previous = previous
    }
}

/// Where one session's user looks.
public struct Presence: Hashable, Sendable {
    /// The session.
    public var session: String
    /// Its user.
    public var user: String
    /// The node under the cursor; `nil`: out of view.
    public var path: TreePath?

    /// A presence of these parts.
    public init(session: String, user: String, path: TreePath?) {
        self.session = session
        self.user = user
        self.path = path
    }
}
