import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Testing

/// A proxy on loopback: every name leads to this machine.
final class ScriptedProxy: Sendable {
    /// What it answers.
    enum Answer: Sendable {
        case opens
        case refuses(HTTPResponseStatus)
        /// No HTTP.
        case says(String)
        case hangsUp
    }

    private let answer: Answer
    private let encryption: NIOSSLContext?
    private let requests = Mutex<[HTTPRequestHead]>([])

    init(_ answer: Answer = .opens, encryption: NIOSSLContext? = nil) {
        self.answer = answer
        self.encryption = encryption
    }

    /// What it was asked for.
    var seen: [HTTPRequestHead] { requests.withLock { $0 } }

    /// Runs the proxy while the body runs; the body gets its port.
    func run(_ body: (Int) async throws -> Void) async throws {
        let listening = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let encryption = self.encryption {
                        try pipeline.addHandler(NIOSSLServerHandler(context: encryption))
                    }
                    try pipeline.addHandler(
                        ProxyHandler(self.answer) { head in
                            self.requests.withLock { $0.append(head) }
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(try #require(listening.localAddress?.port))
        } catch {
            try await listening.close()
            throw error
        }
        try await listening.close()
    }
}

/// Reads one request by hand, then carries bytes to and fro.
private final class ProxyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: ScriptedProxy.Answer
    private let sees: (HTTPRequestHead) -> Void
    private var text = ""
    private var waiting: [ByteBuffer] = []
    private var far: (any Channel)?

    init(_ answer: ScriptedProxy.Answer, _ sees: @escaping (HTTPRequestHead) -> Void) {
        self.answer = answer
        self.sees = sees
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if let far { return far.writeAndFlush(bytes, promise: nil) }
        text += String(buffer: bytes)
        guard text.hasSuffix("\r\n\r\n") else { return }
        let lines = text.split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3, words[0] == "CONNECT" else { return context.close(promise: nil) }
        var head = HTTPRequestHead(version: .http1_1, method: .CONNECT, uri: String(words[1]))
        for line in lines.dropFirst() {
            let parts = line.split(separator: ": ", maxSplits: 1)
            head.headers.add(name: String(parts[0]), value: String(parts.last ?? ""))
        }
        sees(head)
        reply(to: head, context)
    }

    private func reply(to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        switch answer {
        case .opens: open(Int(head.uri.split(separator: ":").last ?? "") ?? 0, context)
        case .refuses(let status):
            write("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\nContent-Length: 4\r\n\r\nno!\n", context)
        case .says(let text): write(text, context)
        case .hangsUp: context.close(promise: nil)
        }
    }

    private func write(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }

    private func open(_ port: Int, _ context: ChannelHandlerContext) {
        let near = context.channel
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        ClientBootstrap(group: context.eventLoop)
            .channelInitializer { far in
                far.eventLoop.makeCompletedFuture {
                    try far.pipeline.syncOperations.addHandler(Carrier(to: near))
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .whenComplete { result in
                let (handler, context) = bound.value
                handler.far = try? result.get()
                handler.write(
                    handler.far == nil ? "HTTP/1.1 502 Bad Gateway\r\n\r\n" : "HTTP/1.1 200 Go on\r\n\r\n", context)
            }
    }

    func channelInactive(context: ChannelHandlerContext) {
        far?.close(promise: nil)
    }
}

private final class Carrier: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let near: any Channel

    init(to near: any Channel) {
        self.near = near
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        near.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        near.close(promise: nil)
    }
}
