import TreenityProtocol

/// Packs nodes into the frames of a snapshot, about as many into each as a server does.
struct SnapshotChunks {
    private var nodes: [Snapshot.Node] = []

    /// So many come close to the 256 KiB that a frame may have.
    private static let capacity = 1200

    /// Takes a node, and passes on the frame of those before it where that is full.
    mutating func add(_ node: Snapshot.Node, _ receive: ([UInt8]) throws -> Void) rethrows {
        if nodes.count == SnapshotChunks.capacity { try flush(more: true, receive) }
        nodes.append(node)
    }

    /// Takes a node of the workload; see ``add(_:_:)-(Snapshot.Node,_)``.
    mutating func add(_ node: TaskTree.Node, _ receive: ([UInt8]) throws -> Void) throws {
        let node = Snapshot.Node(
            path: try TreePath(parsing: node.path), properties: try JSONValue(parsing: node.properties),
            children: node.childCount, timestamp: Timestamp(milliseconds: MessageWriter.start))
        try add(node, receive)
    }

    /// Passes on the last frame.
    mutating func finish(_ receive: ([UInt8]) throws -> Void) rethrows {
        try flush(more: false, receive)
    }

    private mutating func flush(more: Bool, _ receive: ([UInt8]) throws -> Void) rethrows {
        let snapshot = Snapshot(id: "s1", path: .root, seq: SequenceNumber(1), nodes: nodes, more: more)
        nodes.removeAll(keepingCapacity: true)
        try receive(ServerFrame.snapshot(snapshot).encoded())
    }
}
