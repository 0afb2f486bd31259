import NIOCore
import NIOHTTP1
import TreenityProtocol

/// Reads the answer to `GET /tree`.
final class TreeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    /// The most that is taken, in bytes.
    static let maximumBytes = 1 << 30

    private let settled: EventLoopPromise<TreeAnswer>
    private var seq: SequenceNumber?
    private var body: [UInt8] = []

    init(_ settled: EventLoopPromise<TreeAnswer>) {
        self.settled = settled
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head) where head.status == .ok:
            seq = head.headers.first(name: "ETag").flatMap(TreeHandler.sequenceNumber)
        case .head: settle(.none, context)
        case .body(let bytes):
            guard body.count + bytes.readableBytes <= TreeHandler.maximumBytes else {
                return settle(.unreadable("the tree is longer than \(TreeHandler.maximumBytes >> 20) MiB"), context)
            }
            body += bytes.readableBytesView
        case .end: settle(answer(), context)
        }
    }

    private func settle(_ answer: TreeAnswer, _ context: ChannelHandlerContext) {
        settled.succeed(answer)
        context.close(promise: nil)
    }

    private func answer() -> TreeAnswer {
        do throws(JSONError) {
            let tree = try JSONValue(parsing: body)
            return tree.isObject ? .tree(tree, seq: seq) : .unreadable("the tree of the server is no JSON object")
        } catch {
            return .unreadable("the tree of the server cannot be read: \(error)")
        }
    }

    /// The tag is the place in the order, in quotes.
    static func sequenceNumber(tag: String) -> SequenceNumber? {
        var digits = Substring(tag)
        if digits.hasPrefix("W/") { digits.removeFirst(2) }
        guard digits.count > 2, digits.first == "\"", digits.last == "\"" else { return nil }
        return Int64(digits.dropFirst().dropLast()).map(SequenceNumber.init)
    }
}
