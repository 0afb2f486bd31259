import TreenityProtocol
import TreenityStore

/// Snapshots: a tree as frames, and frames as a tree.
enum SnapshotMeasures {
    static let all = [
        Measure(
            Figure("snapshot.encode.rate", "nodes/cpu-s", "a tree of 100,000 nodes as the frames of a snapshot"),
            Figure("snapshot.encode.throughput", "MB/cpu-s", "the same in bytes of JSON"),
            run: encode),
        Measure(
            Figure("snapshot.decode.rate", "nodes/cpu-s", "the frames of 100,000 nodes decoded"),
            Figure("snapshot.decode.throughput", "MB/cpu-s", "the same in bytes of JSON"),
            run: decode),
        Measure(
            Figure("snapshot.load.time", "cpu-s", "the frames of 1,000,000 nodes to the tree they make"),
            Figure("snapshot.load.peak", "MiB", "the most memory of the process meanwhile"),
            run: load),
    ]

    private static func encode() throws -> [Double] {
        var subject = Subject()
        var workload = Workload(nodes: Scale.hundredThousand.rawValue)
        try workload.build { try subject.receive($0) }
        var bytes = 0
        let seconds = ProcessorTime.of {
            subject.encodeSnapshot { frame in
                blackHole(frame)
                bytes += frame.count
            }
        }
        return [Double(workload.tree.nodeCount) / seconds, Double(bytes) / 1e6 / seconds]
    }

    private static func decode() throws -> [Double] {
        let tree = TaskTree(nodes: Scale.hundredThousand.rawValue)
        var frames: [[UInt8]] = []
        try forEachFrame(of: tree) { frames.append($0) }
        let seconds = try ProcessorTime.of {
            for frame in frames { blackHole(try Subject.decodeSnapshot(frame)) }
        }
        let bytes = frames.reduce(0) { $0 + $1.count }
        return [Double(tree.nodeCount) / seconds, Double(bytes) / 1e6 / seconds]
    }

    /// Makes each frame only when the one before is in the tree, as they come from a socket.
    private static func load() throws -> [Double] {
        var subject = Subject()
        var load = SnapshotLoad(path: .root)
        var seconds = 0.0
        try forEachFrame(of: TaskTree(nodes: Scale.million.rawValue)) { frame in
            seconds += try ProcessorTime.of { try subject.receive(frame, into: &load) }
        }
        blackHole(subject)
        return [seconds, Double(try ResidentMemory.peak()) / Double(1 << 20)]
    }

    private static func forEachFrame(of tree: TaskTree, _ receive: ([UInt8]) throws -> Void) throws {
        var chunks = SnapshotChunks()
        try tree.visitNodes { try chunks.add($0, receive) }
        try chunks.finish(receive)
    }
}
