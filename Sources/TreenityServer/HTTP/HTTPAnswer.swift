import NIOHTTP1

/// The answer to an HTTP request.
struct HTTPAnswer: Hashable, Sendable {
    var status: HTTPResponseStatus
    var contentType: String
    var body: [UInt8]
    var headers: [String: String] = [:]

    /// An answer in words.
    static func text(_ status: HTTPResponseStatus, _ text: String, headers: [String: String] = [:]) -> HTTPAnswer {
        HTTPAnswer(
            status: status, contentType: "text/plain; charset=utf-8", body: Array("\(text)\n".utf8), headers: headers)
    }

    /// The head of the response to `request`.
    func head(for request: HTTPRequestHead, keepsAlive: Bool) -> HTTPResponseHead {
        var head = HTTPResponseHead(version: request.version, status: status)
        head.headers = [
            "Content-Type": contentType, "Content-Length": String(body.count), "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff", "Connection": keepsAlive ? "keep-alive" : "close",
        ]
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { head.headers.add(name: name, value: value) }
        return head
    }
}
