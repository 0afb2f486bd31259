import Logging
import NIOCore
import NIOPosix
public import TreenityProtocol
public import TreenitySequencer
public import TreenityStore
import TreenityWebSocket

/// The reference server: keeps one tree in memory, decides on patches, and sends on what took effect.
///
/// It serves sessions (`treenity.v1`) and bare connections over WebSocket on `/patches`, and over HTTP on the same port
/// the tree as JSON (`GET /tree/…`) and `GET /healthz`.
public final class TreeServer: Sendable {
    private let configuration: ServerConfiguration
    let hub: Hub
    private let pacer: any Clock<Duration>

    /// How long everyone is left in peace after hearing who looks where.
    private static let presencePause = Duration.milliseconds(500)

    /// A server for this tree; it takes no connections before ``run(onListening:)``.
    ///
    /// - Parameters:
    ///   - clock: the time of patches, the system's by default.
    ///   - pacer: paces what is not sent at once.
    ///   - randomness: for the names of sessions and of the tree's epoch.
    public init(
        _ configuration: ServerConfiguration, tree: Replica = Replica(),
        clock: @escaping @Sendable () -> Timestamp = TreeServer.systemTime, pacer: any Clock<Duration> = .continuous,
        randomness: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.configuration = configuration
        self.pacer = pacer
        hub = Hub(
            tree: tree, limits: configuration.limits, clock: clock, randomness: randomness,
            logger: configuration.logger)
    }

    /// Serves until the task is cancelled; then all sessions are closed (1001), and it returns.
    ///
    /// - Parameter onListening: called once, when connections are taken, with the real port.
    /// - Throws: ``ServerError`` where it cannot listen.
    public func run(onListening: @Sendable (ServerAddress) async -> Void) async throws(ServerError) {
        let doorman = Doorman(configuration)
        let listener = try await doorman.listen()
        let port = listener.channel.localAddress?.port ?? configuration.port
        await onListening(ServerAddress(host: configuration.host, port: port))
        let failure = await withDiscardingTaskGroup { group in
            group.addTask { await self.tellPresences() }
            defer { group.cancelAll() }
            do {
                try await listener.executeThenClose { arrivals in
                    for try await arrival in arrivals {
                        group.addTask { await self.serve(arrival) }
                    }
                }
                return nil as (any Error)?
            } catch {
                return error
            }
        }
        if let failure, !Task.isCancelled { throw .cannotListen("the server listens no more: \(failure)") }
    }

    private func serve(_ arrival: Arrival) async {
        let guest = await withTaskCancellationHandler {
            try? await arrival.guest.get()
        } onCancel: {
            arrival.channel.close(promise: nil)
        }
        switch guest {
        case .webSocket(let connection, let dialect): await hub.serve(connection, dialect, configuration)
        case .http(let channel): await HTTPService(hub: hub, gate: Gate(configuration)).serve(channel)
        case nil: break
        }
    }

    private func tellPresences() async {
        for await _ in hub.presenceMoves {
            await hub.broadcastPresence()
            try? await pacer.sleep(for: TreeServer.presencePause)
        }
    }
}

// MARK: - Inside of the process

extension TreeServer {
    /// Decides on patches of this process, each alone, in order; those that take effect are sent on to everyone.
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
