public import TreenityProtocol
public import TreenityStore

/// A tree that lives on a server, kept true here: as a sequence of what happens in it, and as the place to edit it.
///
///     let stream = try PatchStream("localhost", path: "tree/spaces/marketing")
///     for try await update in stream {
///         switch update {
///         case .snapshot(let tree): print("\(tree.nodeCount) nodes")
///         case .changed(let change): print(change.patch.operation.name, change.patch.path)
///         case .state, .refused, .presence: break
///         }
///     }
///
/// It may be followed by several consumers at once, each of which gets everything. While one of them does not take what
/// comes, nothing more is read from the socket, unless somebody waits for an answer, which stands behind it. A connection that is lost is made anew, and then nothing is missed: what
/// happened meanwhile comes, or the tree anew. The socket is closed when nobody holds the stream or follows it any more.
public struct PatchStream: AsyncSequence, Sendable {
    /// What happens.
    public typealias Element = StreamUpdate
    /// ``StreamError`` where there is no hope for another connection, and `Refusal` where the server does not let the user
    /// follow this part of the tree.
    public typealias Failure = any Error

    /// The top of what the stream follows.
    public let path: TreePath
    /// How many levels below the path are loaded at first: 0 is the node alone, `nil` everything.
    public let depth: Int?

    private let lease: Lease

    init(_ lease: Lease, path: TreePath, depth: Int?) {
        self.lease = lease
        self.path = path
        self.depth = depth
    }

    /// A stream over a socket of its own; a ``PatchConnectionPool`` gives streams that share one.
    public init(
        from address: ServerAddress, path: TreePath? = nil, depth: Int? = nil,
        _ options: StreamOptions = StreamOptions()
    ) {
        var pooling = PoolOptions()
        pooling.streams = options
        pooling.idleTime = .zero
        self = PatchConnectionPool(pooling).stream(from: address, path: path, depth: depth)
    }

    /// A stream from a server that is named as a person does: `localhost`, `wss://tree.example/patches`.
    ///
    /// - Throws: ``ServerAddressError`` where it is no address.
    public init(
        _ address: String, path: TreePath? = nil, depth: Int? = nil, _ options: StreamOptions = StreamOptions()
    ) throws(ServerAddressError) {
        self.init(from: try ServerAddress(parsing: address), path: path, depth: depth, options)
    }

    // MARK: The tree

    /// The tree as it is now, the edits under way included. A copy, which shares storage.
    public var tree: Replica { lease.live.tree }

    /// Loads deeper parts of a tree that was opened with a ``depth``, and waits until they are there. They stay true from
    /// then on.
    ///
    /// - Throws: `Refusal`, ``StreamError``, `CancellationError`.
    public func load(_ path: TreePath, depth: Int? = nil) async throws {
        try await lease.live.load(path, depth: depth)
    }

    // MARK: Editing

    /// Makes an edit: it is shown at once, goes out as soon as there is a connection, and is applied by the server exactly
    /// once. `id` and `timestamp` are given to it where it has none.
    ///
    /// - Returns: the server's answer. A bare server gives none: there it tells that the patch was sent on.
    /// - Throws: `Refusal` where the edit is impossible or the server refuses it; ``StreamError``. Where the task is
    ///   cancelled, `CancellationError`, and the edit is under way all the same.
    @discardableResult
    public func send(_ patch: Patch) async throws -> Acknowledgement {
        try await lease.live.edit([patch], isBatch: false)
    }

    /// As ``send(_:)``, for edits that are taken all or not at all.
    ///
    /// - Precondition: there is one at least.
    @discardableResult
    public func send(batch patches: [Patch]) async throws -> Acknowledgement {
        precondition(!patches.isEmpty, "a batch of no patches")
        return try await lease.live.edit(patches, isBatch: true)
    }

    // MARK: Questions

    /// Runs an action, once, and gives what it answers.
    ///
    /// - Throws: `Refusal` as `no-action` and `action-failed`; ``StreamError``.
    public func execute(_ path: TreePath, _ value: JSONValue? = nil) async throws -> JSONValue {
        let answer = try await lease.live.ask { .patch(Patch(.execute(value), path, id: $0)) }
        guard case .result(let value) = answer else { preconditionFailure("an action was answered by \(answer)") }
        return value
    }

    /// What changed what is at a path, newest first.
    ///
    /// - Parameters:
    ///   - seq: only what came before this place in the order.
    ///   - limit: at most so many patches.
    /// - Throws: `Refusal`; ``StreamError``.
    public func history(
        of path: TreePath, before seq: SequenceNumber? = nil, limit: Int? = nil
    ) async throws -> HistoryPage {
        let answer = try await lease.live.ask {
            .history(HistoryQuery(id: $0, path: path, before: seq, limit: limit))
        }
        guard case .history(let page) = answer else { preconditionFailure("HISTORY was answered by \(answer)") }
        return page
    }

    /// Nodes whose name, keys or scalar values hold a piece of text, whatever the case of its letters.
    ///
    /// - Parameters:
    ///   - path: where to look; `nil`: in all that the stream follows.
    ///   - limit: at most so many.
    /// - Throws: `Refusal`; ``StreamError``.
    public func find(_ text: String, in path: TreePath? = nil, limit: Int? = nil) async throws -> FoundPaths {
        let answer = try await lease.live.ask {
            .find(FindQuery(id: $0, path: path ?? self.path, query: text, limit: limit))
        }
        guard case .found(let found) = answer else { preconditionFailure("FIND was answered by \(answer)") }
        return found
    }

    /// Tells the others where the user is; `nil`: nowhere. Streams that share a socket share that place.
    public func look(at path: TreePath?) {
        lease.live.look(at: path)
    }

    /// Connects at once, whatever delay is running; where a connection stands, makes another.
    public func reconnectNow() {
        lease.live.reconnectNow()
    }
}

extension PatchStream {
    /// Takes the updates.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let lease: Lease
        private let path: TreePath
        private let depth: Int?
        private var following: Following?
        /// What was taken together, in reverse.
        private var taken: [Delivery] = []

        init(_ stream: PatchStream) {
            lease = stream.lease
            path = stream.path
            depth = stream.depth
        }

        /// The next update; `nil` when the task is cancelled.
        public mutating func next() async throws -> StreamUpdate? {
            let following = following ?? Following(path, depth: depth, of: lease)
            self.following = following
            if taken.isEmpty { taken = await following.handoff.takeAll()?.reversed() ?? [] }
            switch taken.popLast() {
            case .update(let update): return update
            case .failure(let error): throw error
            case nil: return nil
            }
        }
    }

    /// A new consumer, which is told first how things stand.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

/// One consumer's part in a stream: it ends with it.
private final class Following: Sendable {
    let handoff: Handoff<Delivery>
    private let lease: Lease
    private let id: Int

    init(_ path: TreePath, depth: Int?, of lease: Lease) {
        self.lease = lease
        (id, handoff) = lease.live.open(path, depth: depth)
    }

    deinit { lease.live.close(id) }
}
