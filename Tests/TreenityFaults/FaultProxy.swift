import NIOCore
import NIOPosix
import Synchronization
import TreenityTesting

/// A TCP proxy on loopback whose connections suffer faults by chance, until it is healed.
public struct FaultProxy: Sendable {
    private let switchboard: Switchboard
    private let listener: any Channel
    /// Where it listens.
    public let port: Int

    /// - Parameters:
    ///   - upstream: the port of the server behind it.
    ///   - seed: of chance.
    public init(before upstream: Int, seed: UInt64) async throws {
        let switchboard = Switchboard(upstream, SeededGenerator(seed: seed))
        self.switchboard = switchboard
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { switchboard.connect($0) }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    /// How many connections were made through it.
    public var connections: Int { switchboard.connections }

    /// Cuts what stands; from now on nothing goes wrong.
    public func heal() { switchboard.heal() }

    /// Cuts what stands.
    public func cut() { switchboard.cut() }

    /// Leads to another server from now on; `nil`: to none.
    public func lead(to upstream: Int?) { switchboard.lead(to: upstream) }

    /// Returns when no connection stands.
    public func untilIdle() async { await switchboard.untilIdle() }

    /// Cuts what stands, and takes no more.
    public func stop() async {
        try? await listener.close()
        heal()
    }
}

/// The connections of a proxy.
private final class Switchboard: Sendable {
    private struct State {
        var dice: SeededGenerator
        var isHealed = false
        var channels: [ObjectIdentifier: any Channel] = [:]
        var connections = 0
        var upstream: Int?
        var waiters: [CheckedContinuation<Void, Never>] = []

        mutating func flaw() -> Flaw { isHealed ? .none : Flaw(&dice) }
    }

    private let state: Mutex<State>

    init(_ upstream: Int, _ dice: SeededGenerator) {
        state = Mutex(State(dice: dice, upstream: upstream))
    }

    var connections: Int { state.withLock { $0.connections } }

    func heal() {
        state.withLock { $0.isHealed = true }
        cut()
    }

    func cut() {
        for channel in state.withLock({ Array($0.channels.values) }) { channel.close(promise: nil) }
    }

    func lead(to upstream: Int?) { state.withLock { $0.upstream = upstream } }

    func untilIdle() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if !state.channels.isEmpty { state.waiters.append(continuation) }
                return state.channels.isEmpty
            }
            if isIdle { continuation.resume() }
        }
    }

    func connect(_ client: any Channel) -> EventLoopFuture<Void> {
        let (upstream, there, back, wasHealed) = state.withLock { state in
            state.connections += 1
            return (state.upstream, state.flaw(), state.flaw(), state.isHealed)
        }
        guard let upstream else { return client.close() }
        keep(client)
        return ClientBootstrap(group: client.eventLoop)
            .channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: upstream)
            .flatMap { server in
                self.keep(server)
                // It was made with flaws, and was not there to be cut when the others were.
                if !wasHealed, self.state.withLock({ $0.isHealed }) {
                    client.close(promise: nil)
                    return server.close()
                }
                return server.eventLoop.makeCompletedFuture {
                    try client.pipeline.syncOperations.addHandler(OneWay(to: server, there))
                    try server.pipeline.syncOperations.addHandler(OneWay(to: client, back))
                }
                .flatMap { client.setOption(.autoRead, value: true) }
                .flatMap { server.setOption(.autoRead, value: true) }
                .flatMapError { error in
                    // The client has gone meanwhile: nobody else would close this end.
                    server.close(promise: nil)
                    return server.eventLoop.makeFailedFuture(error)
                }
            }
    }

    private func forget(_ id: ObjectIdentifier) {
        let waiters = state.withLock { state in
            state.channels[id] = nil
            guard state.channels.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func keep(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        state.withLock { $0.channels[id] = channel }
        channel.closeFuture.whenComplete { _ in self.forget(id) }
    }
}
