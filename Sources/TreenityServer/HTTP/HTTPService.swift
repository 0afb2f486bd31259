import NIOCore
import NIOHTTP1
import TreenityProtocol
import TreenitySequencer
import TreenityStore

/// Answers the HTTP requests of one connection, one after the other.
struct HTTPService: Sendable {
    let hub: Hub
    let door: Door
    let visitor: Visitor

    /// So much of an answer is to be taken by the peer within the limit of time.
    private static let partBytes = 64 << 10

    /// Until the peer leaves or asks for something that ends the connection.
    func serve(_ channel: NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>) async {
        // What breaks here is the peer's connection, and it knows.
        try? await channel.executeThenClose { inbound, outbound in
            let response = Response(channel: channel.channel, outbound: outbound)
            var head: HTTPRequestHead?
            for try await part in inbound {
                switch part {
                case .head(let request):
                    head = request
                    guard try await respond(to: request, response) else { return }
                case .body: break
                case .end where head == nil:
                    // NIO keeps the head of a request that asks for an upgrade of a kind unknown here to itself.
                    let refused = HTTPRequestHead(version: .http1_1, method: .GET, uri: "")
                    let answer = HTTPAnswer.text(.badRequest, "no such upgrade; ask without")
                    return try await response.write(answer, to: refused, keepsAlive: false)
                case .end: break
                }
            }
        }
    }

    /// `false`: the connection is to be closed.
    private func respond(to head: HTTPRequestHead, _ response: Response) async throws -> Bool {
        let keepsAlive = head.isKeepAlive && !head.announcesBody
        try await response.write(await answer(to: head), to: head, keepsAlive: keepsAlive)
        return keepsAlive
    }

    /// The way back to the peer.
    private struct Response {
        let channel: any Channel
        let outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

        func write(_ answer: HTTPAnswer, to request: HTTPRequestHead, keepsAlive: Bool) async throws {
            try await outbound.write(.head(answer.head(for: request, keepsAlive: keepsAlive)))
            var body = ByteBuffer(bytes: request.method == .HEAD ? [] : answer.body)
            while let part = body.readSlice(length: min(body.readableBytes, partBytes)), part.readableBytes > 0 {
                try await outbound.write(.body(.byteBuffer(part)))
            }
            // Closing drops what was not sent: this returns when all was.
            try await channel.writeAndFlush(HTTPServerResponsePart.end(nil)).get()
        }
    }

    // MARK: Answers

    private func answer(to head: HTTPRequestHead) async -> HTTPAnswer {
        switch door.admit(head, from: visitor) {
        case .refused(let answer): return answer
        case .granted(let identity): return await answer(to: head, as: identity)
        }
    }

    private func answer(to head: HTTPRequestHead, as identity: Identity?) async -> HTTPAnswer {
        let route = Route(head.uri)
        guard route != .unknown else { return .text(.notFound, "there is nothing here; see /tree") }
        guard head.method == .GET || head.method == .HEAD else {
            return .text(.methodNotAllowed, "GET and HEAD only", headers: ["Allow": "GET, HEAD"])
        }
        switch route {
        case .tree(let path):
            let (tree, seq) = await hub.state
            return TreeAnswer(tree: tree, seq: seq, rights: identity?.rights ?? .all).http(for: path)
        case .noPath(let reason): return .text(.badRequest, reason)
        case .health: return await health()
        case .metrics:
            let text = MetricsText(hub.metrics.current, await hub.gauges).text
            return HTTPAnswer(status: .ok, contentType: MetricsText.contentType, body: Array(text.utf8))
        case .patches:
            return .text(.upgradeRequired, "WebSocket only", headers: ["Upgrade": "websocket"])
        case .unknown: return .text(.notFound, "there is nothing here; see /tree")
        }
    }
}

extension HTTPService {
    /// Whether patches are taken: 503 while the log takes nothing.
    private func health() async -> HTTPAnswer {
        guard let problem = await hub.problem else { return .text(.ok, "ok") }
        return .text(.serviceUnavailable, "patches cannot be written down: \(problem)")
    }
}

extension HTTPRequestHead {
    /// Whether more than the head belongs to the request; nothing here asks for that.
    fileprivate var announcesBody: Bool {
        headers.contains(name: "Transfer-Encoding") || headers["Content-Length"].contains { $0 != "0" }
    }
}
