public import NIOCore

/// One WebSocket connection after its handshake, from either end. Whoever gets one calls ``run(_:)`` once.
public struct WebSocketConnection: Sendable {
    /// The socket, for its addresses and options.
    public var channel: any Channel { asyncChannel.channel }

    /// How messages to the peer may be compressed; `nil`: not at all.
    public let deflation: Deflation?

    private let role: WebSocketRole
    private let minimumDeflatedBytes: Int
    private let asyncChannel: NIOAsyncChannel<ConnectionHandler.Incoming, ByteBuffer>
    private let end: EventLoopFuture<WebSocketEnd>

    /// How many reads may wait for the consumer before no more is read from the socket: each is some tens of KiB.
    private static let waitingReads = NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(
        lowWatermark: 1, highWatermark: 4)

    /// Makes a connection of a channel whose pipeline carries bare bytes, as after an upgrade.
    ///
    /// - Parameter deflation: what was agreed on about compression.
    /// - Precondition: runs on the channel's event loop.
    public init(
        upgraded channel: any Channel, as role: WebSocketRole, _ configuration: WebSocketConfiguration,
        deflation: Deflation? = nil
    ) throws {
        self.role = role
        self.deflation = deflation
        minimumDeflatedBytes = configuration.minimumDeflatedBytes
        let ended = channel.eventLoop.makePromise(of: WebSocketEnd.self)
        end = ended.futureResult
        let handler = ConnectionHandler(
            role, configuration, inflates: deflation != nil, now: channel.eventLoop.now, ended: ended)
        do {
            try channel.pipeline.syncOperations.addHandler(handler)
            asyncChannel = try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(backPressureStrategy: Self.waitingReads))
        } catch {
            ended.fail(error)
            throw error
        }
        // What comes together with the handshake comes outside of the socket's rhythm, in which each read is asked for
        // behind the one before: the next may be under way since before the handler was there. Asked for again, it is
        // the same read, and the handler knows that bytes are waited for, and that there is a silence.
        channel.eventLoop.execute { channel.read() }
    }

    /// Lets `body` read and write, then closes, and tells how the connection ended.
    ///
    /// The inbound sequence finishes when the connection ends. When `body` returns before, the connection is closed
    /// with 1000 and the peer's answer awaited for a limited time; when the task is cancelled, it is closed with 1001
    /// at once.
    public func run(_ body: (WebSocketInbound, WebSocketWriter) async -> Void) async -> WebSocketEnd {
        // Errors of the transport come as the end, and `body` does not throw.
        try? await asyncChannel.executeThenClose { inbound, outbound in
            let writer = WebSocketWriter(
                deflation: deflation, role: role, minimumDeflatedBytes: minimumDeflatedBytes, channel: channel,
                outbound: outbound)
            await withTaskCancellationHandler {
                await body(WebSocketInbound(stream: inbound, channel: channel), writer)
                writer.close(CloseReason(.normal))
                _ = try? await end.get()
            } onCancel: {
                writer.close(CloseReason(.goingAway), waits: false)
            }
        }
        return (try? await end.get()) ?? .lost("the connection was not set up")
    }
}
