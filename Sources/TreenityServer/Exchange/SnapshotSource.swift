import TreenityProtocol
import TreenityStore

/// A subtree as it was when it was subscribed to, in chunks, as far as it may be seen.
///
/// It shares the tree's storage, so that asking for it takes no time; what is changed meanwhile is changed in a copy.
struct SnapshotSource: FrameSource {
    private let subscription: Subscription
    private let view: View
    private let tree: Replica
    private let seq: SequenceNumber

    /// The most bytes of a chunk, but for one node that alone has more.
    static let chunkBytes = 256 << 10

    /// - Parameter view: what may be seen at the path of the subscription and below.
    init(_ subscription: Subscription, _ view: View, of tree: Replica, at seq: SequenceNumber) {
        self.subscription = subscription
        self.view = view
        self.tree = tree
        self.seq = seq
    }

    func write<Failure: Error>(_ send: (ServerFrame) async throws(Failure) -> Void) async throws(Failure) {
        var chunk = Chunk(room: SnapshotSource.chunkBytes - frame([], more: true).encoded().count)
        let tops = view.tops.filter { tree.node(at: $0) != nil }
        for (index, top) in tops.enumerated() {
            for node in nodes(above: index, of: tops) {
                if let full = chunk.add(node) { try await send(frame(full, more: true)) }
            }
            for node in nodes(within: top) {
                if let full = chunk.add(node) { try await send(frame(full, more: true)) }
            }
        }
        try await send(frame(chunk.nodes, more: false))
    }

    private func frame(_ nodes: [Snapshot.Node], more: Bool) -> ServerFrame {
        .snapshot(Snapshot(id: subscription.id, path: subscription.path, seq: seq, nodes: nodes, more: more))
    }

    /// The subtree at a top, as deep as was asked for.
    private func nodes(within top: TreePath) -> AnySequence<Snapshot.Node> {
        guard let node = tree.node(at: top) else { return AnySequence(EmptyCollection()) }
        guard let depth = subscription.depth else { return AnySequence(tree.snapshotNodes(of: node)) }
        let room = depth - (top.depth - subscription.path.depth)
        guard room >= 0 else { return AnySequence(EmptyCollection()) }
        return AnySequence(tree.snapshotNodes(of: node, depth: room))
    }

    /// The nodes from the subscription's path down to a top, by their names alone: those that did not come before, with
    /// the top before.
    private func nodes(above index: Int, of tops: [TreePath]) -> [Snapshot.Node] {
        var above: [TreePath] = []
        var path = tops[index]
        while path != subscription.path, let parent = path.parent {
            path = parent
            if index > 0, tops[index - 1].isBelow(path) { break }
            if path.depth - subscription.path.depth <= subscription.depth ?? .max { above.append(path) }
        }
        return above.reversed().map { path in
            let children = Set(tops.compactMap { $0.names(from: path)?.first })
            return Snapshot.Node(
                path: path, properties: .emptyObject, children: children.count,
                timestamp: Timestamp(milliseconds: 0))
        }
    }
}

/// The nodes of one frame, until they are too many.
private struct Chunk {
    private(set) var nodes: [Snapshot.Node] = []
    private let room: Int
    private var bytes = 0

    init(room: Int) {
        self.room = room
    }

    /// Returns the nodes so far where there is no room for one more.
    mutating func add(_ node: Snapshot.Node) -> [Snapshot.Node]? {
        let size = node.encodedBytes
        defer {
            nodes.append(node)
            bytes += size
        }
        guard !nodes.isEmpty, bytes + size > room else { return nil }
        defer { (nodes, bytes) = ([], 0) }
        return nodes
    }
}

extension Snapshot.Node {
    /// At most so many bytes does the node take in a frame.
    fileprivate var encodedBytes: Int {
        let framing = 112  // the keys, brackets and commas, and three numbers at their longest
        let escapes = path.text.utf8.count { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        return framing + path.text.utf8.count + escapes + properties.text.utf8.count
    }
}
