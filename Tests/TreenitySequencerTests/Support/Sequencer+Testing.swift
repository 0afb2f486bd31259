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

    /// Decides on each of some patches, and tells the last verdict in one line.
    @discardableResult
    mutating func take(_ patches: Patch...) -> String {
        patches.map { admit($0, from: Sender(), now: Timestamp(milliseconds: 1_000_000)).brief }.last ?? "nothing"
    }
}

extension Patch {
    /// A patch of someone who has seen the order up to a place, at some millisecond.
    static func seeing(_ seq: Int64, _ operation: Operation, _ path: TreePath, at milliseconds: Int64? = nil) -> Patch {
        Patch(
            operation, path, timestamp: milliseconds.map(Timestamp.init(milliseconds:)), base: SequenceNumber(seq))
    }
}

extension JSONValue {
    /// A text edit of these steps.
    static func text(_ steps: TextEdit.Step...) -> JSONValue { TextEdit(steps).json }
}
