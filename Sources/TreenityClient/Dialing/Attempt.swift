import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection to a server that is to give one result, within a limited time.
struct Attempt {
    let route: Route
    let limit: TimeAmount
    let group: any EventLoopGroup

    /// What fills the pipeline of a channel, and keeps the promise later.
    typealias Preparation<Value: Sendable> = @Sendable (any Channel, EventLoopPromise<Value>) throws -> Void

    /// Connects, lets `prepare` fill the pipeline, and waits until the promise is kept. The socket is closed unless it is
    /// kept well. Cancellation ends the wait at once.
    func result<Value: Sendable>(
        _ prepare: @escaping Preparation<Value>
    ) async throws(ConnectionFailure) -> Value {
        let tunnel = try route.proxy.map { proxy throws(ConnectionFailure) in
            try Tunnel(through: proxy, to: route.destination)
        }
        let encryption = try encryption()
        let loop = group.any()
        let settled = loop.makePromise(of: Value.self)
        let timeout = loop.scheduleTask(in: limit) { settled.fail(NoAnswer(limit: limit)) }
        defer { timeout.cancel() }
        ClientBootstrap(group: loop)
            .connectTimeout(limit)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connect(host: route.host, port: route.port)
            .flatMap { channel in
                settled.futureResult.whenFailure { _ in channel.close(promise: nil) }
                guard let tunnel else { return loop.makeSucceededFuture(channel) }
                return tunnel.open(over: channel).map { channel }
            }
            .flatMapThrowing { channel in
                let pipeline = channel.pipeline.syncOperations
                try encryption?.add(to: pipeline)
                try prepare(channel, settled)
                try pipeline.addHandler(FailureWatch(settled))
            }
            .whenFailure { settled.fail($0) }
        do {
            return try await withTaskCancellationHandler {
                try await settled.futureResult.get()
            } onCancel: {
                settled.fail(CancellationError())
            }
        } catch {
            throw ConnectionFailure(error, route)
        }
    }

    private func encryption() throws(ConnectionFailure) -> Encryption? {
        let destination = route.destination
        guard destination.address.isSecure else { return nil }
        return try Encryption(
            to: destination.address.host, destination.encryption, isTunnelled: route.proxy != nil)
    }
}

/// Nothing came in time.
struct NoAnswer: Error {
    let limit: TimeAmount
}

/// Breaks a promise when the connection fails, with what it failed of.
private final class FailureWatch<Value>: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let settled: EventLoopPromise<Value>

    init(_ settled: EventLoopPromise<Value>) {
        self.settled = settled
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        settled.fail(error)
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        settled.fail(ChannelError.eof)
        context.fireChannelInactive()
    }
}
