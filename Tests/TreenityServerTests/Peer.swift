import NIOCore
import NIOHTTP1
import NIOPosix
import Testing
import TreenityProtocol
import TreenityWebSocket

@testable import TreenityServer

/// One end of a WebSocket connection to a server under test.
struct Peer {
    let writer: WebSocketWriter
    private var inbound: WebSocketInbound.AsyncIterator
    private var waiting: ArraySlice<WebSocketMessage> = []
    private var run: ArraySlice<Patch> = []

    /// Connects, lets `body` speak, and tells how the connection ended.
    @discardableResult
    static func connect(
        to address: ListeningAddress, subprotocol: String? = protocolVersion, headers: HTTPHeaders = [:],
        _ body: (inout Peer) async throws -> Void
    ) async throws -> WebSocketEnd {
        let connection = try await open(address, subprotocol, headers)
        var failure: (any Error)?
        let end = await connection.run { inbound, writer in
            var peer = Peer(writer: writer, inbound: inbound.makeAsyncIterator())
            do {
                try await body(&peer)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return end
    }

    private init(writer: WebSocketWriter, inbound: WebSocketInbound.AsyncIterator) {
        self.writer = writer
        self.inbound = inbound
    }

    private static func open(
        _ address: ListeningAddress, _ subprotocol: String?, _ headers: HTTPHeaders
    ) async throws -> WebSocketConnection {
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/patches", headers: headers)
        head.headers.add(name: "Host", value: "\(address.host):\(address.port)")
        if let subprotocol { head.headers.add(name: "Sec-WebSocket-Protocol", value: subprotocol) }
        let upgrader = WebSocketClientUpgrader(WebSocketConfiguration()) { connection, response in
            #expect(response.headers["Sec-WebSocket-Protocol"].first == subprotocol)
            return connection as WebSocketConnection?
        }
        let upgrade = NIOTypedHTTPClientUpgradeConfiguration<WebSocketConnection?>(
            upgradeRequestHead: head, upgraders: [upgrader]
        ) { channel in channel.close().map { nil } }
        let negotiated = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    var pipeline = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: upgrade)
                    // The server's first frame may come in one piece with its answer.
                    pipeline.leftOverBytesStrategy = .forwardBytes
                    return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
                        configuration: pipeline)
                }
            }
        return try #require(try await negotiated.get())
    }

    func send(_ frame: ClientFrame) async throws { try await writer.send(text: frame.encoded()) }

    func send(_ text: String) async throws { try await writer.send(text: Array(text.utf8)) }

    /// The next message; `nil`: the connection has ended.
    mutating func nextMessage() async -> [UInt8]? {
        while waiting.isEmpty {
            switch await inbound.next() {
            case .messages(let messages): waiting = messages[...]
            case .roundTrip, .quiet: continue
            case nil: return nil
            }
        }
        return waiting.popFirst()?.bytes
    }

    mutating func next() async throws -> ServerFrame {
        let message = try #require(await nextMessage())
        return try #require(try ServerFrame.decode(message).first)
    }

    /// The next patch, alone or in a run of patches.
    mutating func nextPatch() async throws -> Patch {
        if let patch = run.popFirst() { return patch }
        switch try await next() {
        case .patch(let patch): return patch
        case .batch(let patches):
            run = patches[...]
            return try await nextPatch()
        case let frame: throw Unexpected(frame: frame)
        }
    }

    /// Past the greeting, subscribed, and past the snapshot, which is returned.
    mutating func subscribe(to path: TreePath) async throws -> Snapshot {
        try await send(.subscribe(Subscription(id: path.text, path: path)))
        while true {
            if case .snapshot(let snapshot) = try await next() { return snapshot }
        }
    }

    struct Unexpected: Error {
        let frame: ServerFrame
    }
}

/// The code with which the peer closed the connection; `nil`: it ended otherwise.
func code(_ end: WebSocketEnd) -> CloseCode? {
    if case .closedByPeer(let reason) = end { reason.code } else { nil }
}
