import TreenityProtocol
import TreenityStore

/// The tree that is measured; here the measures meet the library.
struct Subject {
    let rule: ApplyRule
    private(set) var replica = Replica()
    /// What patches did to it, as a client keeps it for time travel.
    private(set) var history: History

    private static let now = Timestamp(milliseconds: MessageWriter.start)

    /// - Parameter remembered: about how many bytes of changes are remembered.
    init(rule: ApplyRule = .decided, remembered: Int = History.defaultMaximumBytes) {
        self.rule = rule
        history = History(maximumBytes: remembered)
    }

    /// The patch of a message.
    static func decode(_ message: [UInt8]) throws -> Patch {
        guard case .patch(let patch) = try ServerFrame.decode(message).first else {
            throw BenchError("not a patch: \(String(decoding: message, as: UTF8.self))")
        }
        return patch
    }

    /// Decodes a message and applies its patch.
    mutating func receive(_ message: [UInt8]) throws {
        try apply(try Subject.decode(message))
    }

    /// Applies a patch, and remembers what changed.
    mutating func apply(_ patch: Patch) throws {
        history.append(try replica.apply(patch, rule: rule, now: Subject.now), at: Subject.now)
    }
}

extension Subject {
    /// Encodes the whole tree as the frames of a snapshot, and passes on each.
    func encodeSnapshot(_ receive: ([UInt8]) throws -> Void) rethrows {
        var chunks = SnapshotChunks()
        for node in replica.snapshotNodes(of: replica.root) { try chunks.add(node, receive) }
        try chunks.finish(receive)
    }

    /// The nodes of a frame of a snapshot.
    static func decodeSnapshot(_ frame: [UInt8]) throws -> Snapshot {
        guard case .snapshot(let snapshot) = try ServerFrame.decode(frame).first else {
            throw BenchError("not a snapshot: \(String(decoding: frame.prefix(80), as: UTF8.self))")
        }
        return snapshot
    }

    /// Decodes a frame of a snapshot and brings its nodes into the tree.
    mutating func receive(_ frame: [UInt8], into load: inout SnapshotLoad) throws {
        let snapshot = try Subject.decodeSnapshot(frame)
        load.add(snapshot.nodes, to: &replica)
        if !snapshot.more { load.finish(&replica) }
    }
}
