import NIOCore
import NIOHTTP1
import NIOPosix

/// A web server on this machine that answers as it is told.
struct LocalServer {
    let url: String
    /// The requests, in the order of their ends.
    let requests: AsyncStream<Request>

    struct Request: Sendable {
        let head: HTTPRequestHead
        let body: String
    }

    enum Answer: Sendable {
        case status(Int, body: String = "", headers: HTTPHeaders = [:])
        /// The head of an answer, without its end.
        case unfinished(Int, body: String)
        /// The same, and the connection is closed.
        case brokenOff(Int, body: String)
        case silence
        case hangUp
    }

    /// Runs a body with a server; the function makes the answers.
    static func with<Value>(
        answering answer: @escaping @Sendable (Request) -> Answer, _ body: (LocalServer) async throws -> Value
    ) async throws -> Value {
        let (requests, continuation) = AsyncStream.makeStream(of: Request.self)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        Answering { request in
                            continuation.yield(request)
                            return answer(request)
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        do {
            let value = try await body(LocalServer(url: "http://127.0.0.1:\(port)/do", requests: requests))
            try await channel.close()
            return value
        } catch {
            try await channel.close()
            throw error
        }
    }

    /// An address of this machine at which nobody listens.
    static func deadURL() async throws -> String {
        try await with(answering: { _ in .silence }) { $0.url }
    }
}

private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answer: (LocalServer.Request) -> LocalServer.Answer
    private var head: HTTPRequestHead?
    private var body = ""

    init(_ answer: @escaping (LocalServer.Request) -> LocalServer.Answer) {
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ""
        case .body(let bytes):
            body += String(buffer: bytes)
        case .end:
            guard let head else { return }
            write(answer(LocalServer.Request(head: head, body: body)), context)
        }
    }

    private func write(_ answer: LocalServer.Answer, _ context: ChannelHandlerContext) {
        switch answer {
        case .status(let status, let body, var headers):
            headers.replaceOrAdd(name: "Content-Length", value: "\(body.utf8.count)")
            start(status, headers, body, context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .unfinished(let status, let body):
            start(status, ["Transfer-Encoding": "chunked"], body, context)
            context.flush()
        case .brokenOff(let status, let body):
            start(status, ["Transfer-Encoding": "chunked"], body, context)
            context.flush()
            context.close(promise: nil)
        case .silence: break
        case .hangUp: context.close(promise: nil)
        }
    }

    private func start(_ status: Int, _ headers: HTTPHeaders, _ body: String, _ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
    }
}
