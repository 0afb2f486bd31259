import NIOCore
import NIOHTTP1
import NIOSSL
import TreenityProtocol
import TreenityWebSocket

/// Finds out what each new connection wants: WebSocket on `/patches`, or HTTP. It has limited time to say so.
struct Lobby: Sendable {
    private let configuration: ServerConfiguration
    private let door: Door
    private let crowd: Crowd

    init(_ configuration: ServerConfiguration, _ door: Door) {
        self.configuration = configuration
        self.door = door
        crowd = Crowd(
            limit: configuration.maximumConnections, limitPerOrigin: configuration.maximumConnectionsPerOrigin)
    }

    /// Prepares a connection that was accepted, and tells of it when it may take part.
    func receive(
        _ channel: any Channel, isEncrypted: Bool, _ arrived: AsyncStream<Arrival>.Continuation
    ) -> EventLoopFuture<Void> {
        let visitor = Visitor(channel.remoteAddress)
        return channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            if isEncrypted, let handler = door.encryptionHandler() { try pipeline.addHandler(handler) }
            guard crowd.enter(visitor) else { return try pipeline.addHandler(BusyHandler()) }
            channel.closeFuture.whenComplete { _ in crowd.leave(visitor) }
            let guest = try pipeline.configureUpgradableHTTPServerPipeline(
                configuration: protocols(visitor, channel.eventLoop))
            let greeting = GreetingHandler(limit: configuration.headLimit)
            try pipeline.addHandler(greeting)
            guest.assumeIsolated().whenComplete { _ in pipeline.removeHandler(greeting, promise: nil) }
            let arrival = Arrival(channel: channel, visitor: visitor, guest: guest)
            if case .terminated = arrived.yield(arrival) { throw ChannelError.ioOnClosedChannel }
        }
    }

    private func protocols(
        _ visitor: Visitor, _ eventLoop: any EventLoop
    ) -> NIOUpgradableHTTPServerPipelineConfiguration<Guest> {
        let idleLimit = configuration.idleLimit
        let upgrades = NIOTypedHTTPServerUpgradeConfiguration(
            upgraders: [upgrader(visitor, eventLoop)]
        ) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(TurnHandler(limit: idleLimit))
                return Guest.http(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
            }
        }
        var pipeline = NIOUpgradableHTTPServerPipelineConfiguration(upgradeConfiguration: upgrades)
        pipeline.decoderConfiguration.maxHeaderFieldSize = ServerConfiguration.maximumHeadBytes
        pipeline.decoderConfiguration.maxHeaderListSize = ServerConfiguration.maximumHeadBytes
        return pipeline
    }

    private func upgrader(_ visitor: Visitor, _ eventLoop: any EventLoop) -> WebSocketServerUpgrader<Guest> {
        let identity = NIOLoopBoundBox<Identity?>.makeEmptyBox(valueType: Identity.self, eventLoop: eventLoop)
        return WebSocketServerUpgrader(
            configuration.webSocket,
            admits: { channel, head in
                // Where it is not admitted, it is answered as HTTP, which says why.
                guard Route(head.uri) == .patches, case .granted(let proven) = door.admit(head, from: visitor) else {
                    return channel.eventLoop.makeSucceededFuture(nil)
                }
                identity.value = proven
                let headers: HTTPHeaders = head.offersSessions ? ["Sec-WebSocket-Protocol": protocolVersion] : [:]
                return channel.eventLoop.makeSucceededFuture(headers)
            },
            upgraded: { connection, head in
                Guest.webSocket(connection, head.offersSessions ? .frames : .bare, identity.value)
            })
    }
}

extension HTTPRequestHead {
    fileprivate var offersSessions: Bool {
        headers[canonicalForm: "Sec-WebSocket-Protocol"].contains { $0 == protocolVersion }
    }
}
