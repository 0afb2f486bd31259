import NIOCore
import NIOPosix

/// One connection to a server that is to give one result, within a limited time.
struct Attempt {
    let address: ServerAddress
    let limit: TimeAmount
    let hasToken: Bool
    let group: any EventLoopGroup

    /// Connects, lets `prepare` fill the pipeline, and waits until the promise is kept. The socket is closed unless it is
    /// kept well. Cancellation ends the wait at once.
    func result<Value: Sendable>(
        _ prepare: @escaping @Sendable (any Channel, EventLoopPromise<Value>) throws -> Void
    ) async throws(ConnectionFailure) -> Value {
        let loop = group.any()
        let settled = loop.makePromise(of: Value.self)
        let timeout = loop.scheduleTask(in: limit) { settled.fail(NoAnswer(limit: limit)) }
        defer { timeout.cancel() }
        ClientBootstrap(group: loop)
            .connectTimeout(limit)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connect(host: address.host, port: address.port)
            .whenComplete { connected in
                do {
                    let channel = try connected.get()
                    settled.futureResult.whenFailure { _ in channel.close(promise: nil) }
                    try prepare(channel, settled)
                    try channel.pipeline.syncOperations.addHandler(FailureWatch(settled))
                } catch {
                    settled.fail(error)
                }
            }
        do {
            return try await withTaskCancellationHandler {
                try await settled.futureResult.get()
            } onCancel: {
                settled.fail(CancellationError())
            }
        } catch {
            throw ConnectionFailure(error, address, hasToken: hasToken)
        }
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
