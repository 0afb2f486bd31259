import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Testing
import TreenityClient
import TreenityProtocol
import TreenityWebSocket

/// A server on loopback that does what a test tells it.
struct ScriptedServer: Sendable {
    /// What it says on the connection of this number, counted from 1.
    typealias Script = @Sendable (Int, WebSocketInbound, WebSocketWriter) async -> Void

    /// What it selects of the subprotocols.
    var selects: String? = protocolVersion
    /// What it answers instead of upgrading.
    var refuses: HTTPResponseStatus?
    /// Where it sends those whom it refuses.
    var location: String?
    /// What it answers to `GET /tree`, with the tag.
    var tree: (json: String, tag: String)?
    /// Its certificate.
    var encryption: NIOSSLContext?
    var script: Script = { _, _, _ in }
    /// Sees each request for a WebSocket.
    var sees: @Sendable (HTTPRequestHead) -> Void = { _ in }

    private enum Accepted: Sendable {
        case webSocket(WebSocketConnection)
        case http
    }

    /// Runs the server while the body runs; the body gets its port and how each connection ended.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (Int, AsyncStream<WebSocketEnd>) async throws -> Value
    ) async throws -> Value {
        let listening = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture { try accept(channel) }
            }
        let port = try #require(listening.channel.localAddress?.port)
        let (ends, continuation) = AsyncStream.makeStream(of: WebSocketEnd.self)
        return try await listening.executeThenClose { clients in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await withThrowingDiscardingTaskGroup { group in
                        var count = 0
                        for try await client in clients {
                            guard case .webSocket(let connection)? = try? await client.get() else { continue }
                            count += 1
                            group.addTask { [number = count] in
                                continuation.yield(await connection.run { await script(number, $0, $1) })
                            }
                        }
                    }
                }
                defer { group.cancelAll() }
                return try await body(port, ends)
            }
        }
    }

    private func accept(_ channel: any Channel) throws -> EventLoopFuture<Accepted> {
        if let encryption { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: encryption)) }
        let upgrader = WebSocketServerUpgrader<Accepted>(
            WebSocketConfiguration(),
            admits: { channel, head in
                sees(head)
                guard refuses == nil else { return channel.eventLoop.makeSucceededFuture(nil) }
                var headers = HTTPHeaders()
                if let selects { headers.add(name: "Sec-WebSocket-Protocol", value: selects) }
                return channel.eventLoop.makeSucceededFuture(headers)
            },
            upgraded: { connection, _ in .webSocket(connection) })
        let upgrade = NIOTypedHTTPServerUpgradeConfiguration<Accepted>(
            upgraders: [upgrader],
            notUpgradingCompletionHandler: { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Answering(status: refuses, location: location, tree: tree))
                    return .http
                }
            })
        return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
            configuration: .init(upgradeConfiguration: upgrade))
    }
}

/// Answers one request and hangs up.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let status: HTTPResponseStatus?
    private let location: String?
    private let tree: (json: String, tag: String)?

    init(status: HTTPResponseStatus?, location: String?, tree: (json: String, tag: String)?) {
        self.status = status
        self.location = location
        self.tree = tree
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let request) = unwrapInboundIn(data) else { return }
        let found = request.uri == "/tree" && status == nil ? tree : nil
        var head = HTTPResponseHead(version: .http1_1, status: status ?? (found == nil ? .notFound : .ok))
        if let found { head.headers.add(name: "ETag", value: found.tag) }
        if let location { head.headers.add(name: "Location", value: location) }
        head.headers.add(name: "Content-Length", value: "\(found?.json.utf8.count ?? 0)")
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let found {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: found.json)))), promise: nil)
        }
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }
}
