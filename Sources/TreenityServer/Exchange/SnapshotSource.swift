import TreenityProtocol
import TreenityStore

/// A subtree as it was when it was subscribed to, in chunks.
///
/// It shares the tree's storage, so that asking for it takes no time; what is changed meanwhile is changed in a copy.
struct SnapshotSource: FrameSource {
    private let subscription: Subscription
    private let tree: Replica
    private let seq: SequenceNumber

    /// The most bytes of a chunk, but for one node that alone has more.
    static let chunkBytes = 256 << 10

    init(_ subscription: Subscription, of tree: Replica, at seq: SequenceNumber) {
        self.subscription = subscription
        self.tree = tree
        self.seq = seq
    }

    func makeFrames() -> AnyIterator<ServerFrame> {
        guard let top = tree.node(at: subscription.path) else {
            return AnyIterator(CollectionOfOne(chunk([], more: false)).makeIterator())
        }
        var nodes = tree.snapshotNodes(of: top, depth: subscription.depth).makeIterator()
        var next = nodes.next()
        let room = SnapshotSource.chunkBytes - chunk([], more: true).encoded().count
        return AnyIterator {
            guard next != nil else { return nil }
            var taken: [Snapshot.Node] = []
            var bytes = 0
            while let node = next, taken.isEmpty || bytes + node.encodedBytes <= room {
                bytes += node.encodedBytes
                taken.append(node)
                next = nodes.next()
            }
            return chunk(taken, more: next != nil)
        }
    }

    private func chunk(_ nodes: [Snapshot.Node], more: Bool) -> ServerFrame {
        .snapshot(Snapshot(id: subscription.id, path: subscription.path, seq: seq, nodes: nodes, more: more))
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
