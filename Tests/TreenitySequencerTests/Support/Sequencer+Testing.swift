import TreenityProtocol
import TreenitySequencer
import TreenityStore

extension Sequencer {
    /// One before a tree with this content.
    static func before(_ content: String, bounds: MemoryBounds = MemoryBounds()) throws -> Sequencer {
        var tree = Replica()
        let all = Patch(.add(try JSONValue(parsing: content)), .root, timestamp: Timestamp(milliseconds: 0))
        _ = try tree.apply(all, rule: .decided, now: Timestamp(milliseconds: 0))
        return Sequencer(tree: tree, epoch: "e", bounds: bounds)
    }

    /// One before a small tree: nodes `n`, `n/c` and `m`, a property in the root and in two of the nodes.
    static func beforeSmallTree() throws -> Sequencer {
        try before(#"{"n":{"p":1,"c":{"q":"text"}},"m":{},"r":0}"#)
    }

    /// The whole tree as JSON text.
    var content: String { tree.json(at: .root)?.text ?? "nothing" }
}
