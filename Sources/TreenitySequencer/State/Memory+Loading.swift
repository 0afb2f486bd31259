import TreenityProtocol
import TreenityStore

extension Memory {
    /// What a ``MemorySaving`` wrote.
    ///
    /// - Parameter tree: as it was written with it.
    /// - Throws: ``StateError`` where it is not whole.
    init(from reader: inout StateReader, in tree: Replica, bounds: MemoryBounds) throws(StateError) {
        try reader.beginRecord()
        var counts: [Int] = []
        for _ in 0..<4 { counts.append(try reader.count()) }
        var moves = Chronicle<Relocation>(after: try reader.seq())
        var writes = Chronicle<PropertyWrite>(after: try reader.seq())
        var order = Chronicle<(text: Int, bytes: Int)>(after: try reader.seq())
        let newestNumber = try reader.count()
        let nodes = RememberedNodes(counts[1] + counts[2] == 0 ? [] : Array(tree.subtree(of: tree.root)))
        for _ in 0..<counts[0] {
            let seq = try reader.nextSeq()
            moves.append(Relocation(from: try reader.path(), to: try reader.path()), at: seq)
        }
        for _ in 0..<counts[1] {
            let seq = try reader.nextSeq()
            writes.append(try reader.write(nodes), at: seq)
        }
        var texts: [TextMemory.Saved] = []
        for _ in 0..<counts[2] {
            try reader.beginRecord()
            texts.append(try reader.text(nodes))
        }
        for _ in 0..<counts[3] {
            let seq = try reader.nextSeq()
            order.append((try reader.count(), try reader.count()), at: seq)
        }
        self.init(
            moves: moves, writes: writes, texts: TextMemory(texts, order: order, newestNumber: newestNumber),
            bounds: bounds)
    }
}

/// The nodes that are named by numbers.
private struct RememberedNodes {
    private let nodes: [NodeID]

    init(_ nodes: [NodeID]) {
        self.nodes = nodes
    }

    subscript(number: Int) -> NodeID {
        number < nodes.count ? nodes[number] : .gone(number - nodes.count)
    }
}

extension StateReader {
    fileprivate mutating func seq() throws(StateError) -> SequenceNumber { SequenceNumber(try signed()) }

    /// Of a record.
    fileprivate mutating func nextSeq() throws(StateError) -> SequenceNumber {
        try beginRecord()
        return try seq()
    }

    fileprivate mutating func path() throws(StateError) -> TreePath {
        guard let path = try? TreePath(parsing: try text()) else { throw error("a path breaks the rules") }
        return path
    }

    fileprivate mutating func key(_ nodes: RememberedNodes) throws(StateError) -> PropertyKey {
        let node = nodes[try count()]
        guard let name = try? Name(try commonText()) else { throw error("a name breaks the rules") }
        return PropertyKey(node: node, name: name)
    }

    fileprivate mutating func write(_ nodes: RememberedNodes) throws(StateError) -> PropertyWrite {
        switch try count(below: 3) {
        case 0: .written(try key(nodes))
        case 1: .created(nodes[try count()])
        default: .renamed(from: try key(nodes), to: try key(nodes))
        }
    }

    fileprivate mutating func text(_ nodes: RememberedNodes) throws(StateError) -> TextMemory.Saved {
        let number = try count()
        let key = try key(nodes)
        var edits = Chronicle<TextEdit>(after: try seq())
        for _ in 0..<(try count()) {
            let seq = try seq()
            guard let edit = TextEdit(try value()) else { throw error("a text edit is none") }
            edits.append(edit, at: seq)
        }
        return TextMemory.Saved(number: number, key: key, edits: edits)
    }
}
