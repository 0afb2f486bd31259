import NIOCore
import NIOHTTP1
import TreenityProtocol
import TreenityStore

/// Answers the HTTP requests of one connection, one after the other.
struct HTTPService: Sendable {
    let hub: Hub
    let gate: Gate

    /// Until the peer leaves or asks for something that ends the connection.
    func serve(_ channel: NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>) async {
        // What breaks here is the peer's connection, and it knows.
        try? await channel.executeThenClose { inbound, outbound in
            var head: HTTPRequestHead?
            for try await part in inbound {
                switch part {
                case .head(let request):
                    head = request
                    guard try await respond(to: request, outbound) else { return }
                case .body: break
                case .end where head == nil:
                    // NIO keeps the head of a request that asks for an upgrade of a kind unknown here to itself.
                    let refused = HTTPRequestHead(version: .http1_1, method: .GET, uri: "")
                    let answer = HTTPAnswer.text(.badRequest, "no such upgrade; ask without")
                    return try await write(answer, to: refused, keepsAlive: false, outbound)
                case .end: break
                }
            }
        }
    }

    /// `false`: the connection is to be closed.
    private func respond(
        to head: HTTPRequestHead, _ outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws -> Bool {
        let keepsAlive = head.isKeepAlive && !head.announcesBody
        try await write(await answer(to: head), to: head, keepsAlive: keepsAlive, outbound)
        return keepsAlive
    }

    private func write(
        _ answer: HTTPAnswer, to request: HTTPRequestHead, keepsAlive: Bool,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws {
        try await outbound.write(.head(answer.head(for: request, keepsAlive: keepsAlive)))
        if request.method != .HEAD {
            try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: answer.body))))
        }
        try await outbound.write(.end(nil))
    }

    func answer(to head: HTTPRequestHead) async -> HTTPAnswer {
        if let complaint = gate.complaint(about: head) { return .text(.forbidden, complaint) }
        let route = Route(head.uri)
        guard route != .unknown else { return .text(.notFound, "there is nothing here; see /tree") }
        guard head.method == .GET || head.method == .HEAD else {
            return .text(.methodNotAllowed, "GET and HEAD only", headers: ["Allow": "GET, HEAD"])
        }
        switch route {
        case .tree(let path): return await tree(at: path)
        case .noPath(let reason): return .text(.badRequest, reason)
        case .health: return .text(.ok, "ok")
        case .patches:
            return .text(.upgradeRequired, "WebSocket only", headers: ["Upgrade": "websocket"])
        case .unknown: return .text(.notFound, "there is nothing here; see /tree")
        }
    }

    private func tree(at path: TreePath) async -> HTTPAnswer {
        let (tree, seq) = await hub.state
        guard let value = tree.json(at: path) else { return .text(.notFound, "nothing is at \(path)") }
        return HTTPAnswer(
            status: .ok, contentType: "application/json", body: Array(value.text.utf8),
            headers: ["ETag": "\"\(seq.value)\""])
    }
}

extension HTTPRequestHead {
    /// Whether more than the head belongs to the request; nothing here asks for that.
    fileprivate var announcesBody: Bool {
        headers.contains(name: "Transfer-Encoding") || headers["Content-Length"].contains { $0 != "0" }
    }
}
