import Synchronization
public import TreenityProtocol

/// Streams from any number of servers, of which those to one server share sockets.
///
/// Streams over one socket share its tree: what two of them follow is there once, and a loss of the connection is made
/// good once for all. Sockets without streams are closed after a while.
public final class PatchConnectionPool: Sendable {
    private let options: PoolOptions
    private let state = Mutex(PoolState())

    /// A pool without any socket.
    public init(_ options: PoolOptions = PoolOptions()) {
        self.options = options
    }

    /// A stream of what happens in a part of a server's tree.
    ///
    /// - Parameters:
    ///   - path: `nil`: what the address names, or the whole tree.
    ///   - depth: how many levels below the path are loaded at first: 0 is the node alone, `nil` everything.
    public func stream(from address: ServerAddress, path: TreePath? = nil, depth: Int? = nil) -> PatchStream {
        PatchStream(lease(address), path: path ?? address.opens ?? .root, depth: depth)
    }

    /// How many sockets there are.
    public var socketCount: Int { state.withLock { $0.sockets.count } }

    /// Closes all sockets, and returns when they are closed. Streams end.
    public func shutDown() async {
        let sockets = state.withLock { state in
            defer { state.sockets = [:] }
            return Array(state.sockets.values)
        }
        for socket in sockets { socket.task.cancel() }
        for socket in sockets { await socket.task.value }
    }

    // MARK: Sockets

    private func lease(_ address: ServerAddress) -> Lease {
        let key = SocketKey(address)
        return state.withLock { state in
            if let (number, socket) = state.socket(to: key, below: options.streamsPerSocket) {
                state.sockets[number]?.leases += 1
                return Lease(socket.live, number, self)
            }
            let live = LiveTree(to: address, options.streams)
            let number = state.makeNumber()
            let task = Task { [weak self] in
                await live.run()
                self?.closed(number)
            }
            state.sockets[number] = Socket(key: key, live: live, task: task, leases: 1)
            return Lease(live, number, self)
        }
    }

    private func closed(_ number: Int) {
        state.withLock { _ = $0.sockets.removeValue(forKey: number) }
    }

    /// A stream is gone. A socket that has no other is closed when it has had none for a while.
    fileprivate func release(_ number: Int) {
        let generation = state.withLock { $0.release(number) }
        guard let generation else { return }
        guard options.idleTime > .zero else { return close(number, ifStill: generation) }
        Task { [clock = options.streams.connection.clock, idleTime = options.idleTime] in
            try? await clock.sleep(for: idleTime)
            self.close(number, ifStill: generation)
        }
    }

    private func close(_ number: Int, ifStill generation: Int) {
        state.withLock { $0.takeIdle(number, ifStill: generation) }?.task.cancel()
    }
}

/// Holds a socket open for a stream.
final class Lease: Sendable {
    let live: LiveTree
    private let number: Int
    private let pool: PatchConnectionPool

    init(_ live: LiveTree, _ number: Int, _ pool: PatchConnectionPool) {
        self.live = live
        self.number = number
        self.pool = pool
    }

    deinit { pool.release(number) }
}
