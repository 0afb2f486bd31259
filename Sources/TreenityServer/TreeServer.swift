import Logging
import NIOCore
import NIOPosix
public import TreenityLog
public import TreenityProtocol
public import TreenitySequencer
public import TreenityStore
import TreenityWebSocket

/// The reference server: has patches written down, decides on them as they come out of the log, and sends on what took
/// effect.
///
/// It serves sessions (`treenity.v1`) and bare connections over WebSocket on `/patches`, and over HTTP on the same port
/// the tree as JSON (`GET /tree/…`), `GET /healthz` and `GET /metrics`.
public final class TreeServer: Sendable {
    private let configuration: ServerConfiguration
    let hub: Hub
    private let door: Door
    private let runEngine: @Sendable () async -> (any Error)?
    private let logEnd: @Sendable () async throws(LogFailure) -> LogPosition
    private let pacer: any Clock<Duration>
    private let stops: AsyncStream<Void>
    private let stopAsked: AsyncStream<Void>.Continuation

    /// How long what was proposed before a stop may take to be decided.
    private static let stopLimit = Duration.seconds(2)

    /// A server for what a log comes to; it takes no connections before ``run(onListening:)``.
    ///
    /// - Parameters:
    ///   - ledger: the state that the log starts from; see ``TreenityLog/PatchLog/recover(epoch:)``.
    ///   - log: where proposals are written down.
    ///   - archive: for those who ask what happened.
    ///   - actions: what an `EXECUTE` may run.
    ///   - clock: the time of patches, the system's by default.
    ///   - pacer: paces what is not sent at once.
    ///   - randomness: for the names of sessions and of this server.
    public init(
        _ configuration: ServerConfiguration, ledger: Ledger, log: some PatchLog, archive: any PatchArchive,
        actions: any ActionRunner = EchoAction(), clock: @escaping @Sendable () -> Timestamp = TreeServer.systemTime,
        pacer: any Clock<Duration> = .continuous,
        randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.configuration = configuration
        self.pacer = pacer
        (stops, stopAsked) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        door = Door(configuration, clock: clock, pacer: pacer)
        var randomness = randomness
        let metrics = Metrics()
        let exchange = Exchange(
            ledger, limits: configuration.limits, server: randomness.next(), actions: actions.offers)
        let hub = Hub(
            exchange, archive: archive, metrics: metrics, clock: clock, randomness: randomness,
            on: MultiThreadedEventLoopGroup.singleton.next(), logger: configuration.logger)
        let engine = Engine(
            hub: hub, log: log, archive: archive, actions: actions, pacer: pacer, metrics: metrics,
            logger: configuration.logger)
        self.hub = hub
        runEngine = engine.run
        logEnd = { () throws(LogFailure) in try await log.end }
    }

    /// A server that keeps its tree in memory.
    public convenience init(
        _ configuration: ServerConfiguration, tree: Replica = Replica(), actions: any ActionRunner = EchoAction(),
        clock: @escaping @Sendable () -> Timestamp = TreeServer.systemTime, pacer: any Clock<Duration> = .continuous,
        randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        var randomness = randomness
        let sequencer = Sequencer(tree: tree, epoch: randomness.token())
        self.init(
            configuration, ledger: Ledger(sequencer), log: MemoryLog(), archive: MemoryArchive(), actions: actions,
            clock: clock, pacer: pacer, randomness: randomness)
    }

    /// Serves until it is asked to ``stop()`` or the task is cancelled; then all sessions are closed (1001), and it returns.
    ///
    /// - Parameter onListening: called for each address, in their order, when connections are taken at all of them.
    /// - Throws: ``ServerError`` where it cannot listen, or where the log, the tokens or the certificate cannot be read.
    public func run(onListening: @escaping @Sendable (ListeningAddress) async -> Void) async throws(ServerError) {
        try door.load()
        do {
            try await withThrowingTaskGroup { group in
                group.addTask {
                    let failure = await self.runEngine()
                    await self.hub.stop()
                    if let failure { throw ServerError.cannotRead("\(failure)") }
                }
                group.addTask { try await self.listen(onListening) }
                group.addTask { await self.settleWhenAsked() }
                defer { group.cancelAll() }
                try await group.next()
            }
        } catch let error as ServerError {
            throw error
        } catch {
            throw .cannotListen("the server listens no more: \(error)")
        }
    }

    /// Ends it, soon: nothing more is taken, and what was proposed before is decided on and told.
    public func stop() { stopAsked.yield() }

    private func settleWhenAsked() async {
        for await _ in stops {
            await withTaskGroup { group in
                group.addTask {
                    await self.hub.settle()
                    if let end = try? await self.logEnd() { await self.hub.hasRead(upTo: end) }
                }
                group.addTask { try? await self.pacer.sleep(for: Self.stopLimit) }
                await group.next()
                group.cancelAll()
            }
            return
        }
    }

    private func listen(_ onListening: @Sendable (ListeningAddress) async -> Void) async throws {
        try await hub.hasRead(upTo: logEnd())
        let reception = try await Doorman(configuration, door).listen()
        for listener in reception.listeners { await onListening(listener.address) }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.door.book.run() }
            for await arrival in reception.arrivals {
                group.addTask { await self.serve(arrival) }
            }
            group.cancelAll()
            await reception.close()
        }
    }

    private func serve(_ arrival: Arrival) async {
        let guest = await withTaskCancellationHandler {
            try? await arrival.guest.get()
        } onCancel: {
            arrival.channel.close(promise: nil)
        }
        switch guest {
        case .webSocket(let connection, let dialect, let identity):
            await withTaskExecutorPreference(EventLoopTaskExecutor(arrival.channel.eventLoop)) {
                await hub.serve(connection, dialect, identity, door.book, configuration)
            }
        case .http(let channel):
            let service = HTTPService(hub: hub, door: door, visitor: arrival.visitor)
            await service.serve(channel)
        case nil: break
        }
    }

    /// Reads tokens, certificate and key again, while it runs. Sessions whose token was taken back or has expired are closed
    /// (1008), those whose rights have changed too (1013): their clients connect again. A new certificate is for new
    /// connections.
    ///
    /// - Throws: ``ServerError`` where something cannot be read; all stays as it was then.
    public func reload() async throws(ServerError) {
        do {
            try door.load()
        } catch {
            configuration.logger.error(
                "tokens and certificate stay as they were", metadata: ["reason": "\(error.description)"])
            throw error
        }
        configuration.logger.notice("tokens and certificate were read again")
    }
}

// MARK: - Inside of the process

extension TreeServer {
    /// Has patches of this process decided on, each alone, in order; those that take effect are sent on to everyone. Returns
    /// when they are durable.
    ///
    /// - Precondition: the server runs.
    public func submit(_ patches: [Patch], user: String) async -> [Result<Answer, Refusal>] {
        await hub.submit(patches, user: user)
    }

    /// The tree as it is. O(1), though the server's next change copies what is still shared then.
    public var tree: Replica {
        get async { await hub.state.tree }
    }

    /// What lies at a path as JSON; `nil`: nothing. O(size).
    public func json(at path: TreePath) async -> JSONValue? {
        await hub.state.tree.json(at: path)
    }
}
