import TreenityProtocol
import TreenityStore

/// Writes what a sequencer remembers as records: how much of each kind there is and how far back it is known, then the
/// moves, the writes, the texts with their edits, and the order of these edits.
///
/// Nodes are named by their place in the tree in pre-order, those that are gone by numbers behind all of them.
struct MemorySaving {
    private let memory: Memory
    private let texts: (texts: [TextMemory.Saved], order: Chronicle<(text: Int, bytes: Int)>, newestNumber: Int)
    private let tree: Replica
    private var numbers: [NodeID: Int]?
    private var next = 0

    init(_ memory: Memory, in tree: Replica) {
        self.memory = memory
        self.tree = tree
        texts = memory.texts.saved
    }

    /// Writes the next record; `false`: there is none.
    mutating func writeNext(to writer: inout StateWriter) -> Bool {
        var index = next - 1
        next += 1
        guard index >= 0 else {
            writeHead(to: &writer)
            return true
        }
        let (moves, writes, order) = (memory.moves.known, memory.writes.known, texts.order.known)
        if index < moves.count {
            write(moves[moves.startIndex + index], to: &writer)
            return true
        }
        index -= moves.count
        if index < writes.count {
            write(writes[writes.startIndex + index], to: &writer)
            return true
        }
        index -= writes.count
        if index < texts.texts.count {
            write(texts.texts[index], to: &writer)
            return true
        }
        index -= texts.texts.count
        guard index < order.count else { return false }
        let entry = order[order.startIndex + index]
        writer.put(signed: entry.seq.value)
        writer.put(entry.event.text)
        writer.put(entry.event.bytes)
        return true
    }

    private mutating func writeHead(to writer: inout StateWriter) {
        numbers = numbered()
        let horizons = [memory.moves.horizon, memory.writes.horizon, texts.order.horizon]
        for count in [memory.moves.count, memory.writes.count, texts.texts.count, texts.order.count] {
            writer.put(count)
        }
        for horizon in horizons { writer.put(signed: horizon.value) }
        writer.put(texts.newestNumber)
    }

    // MARK: Records

    private func write(_ move: Chronicle<Relocation>.Entry, to writer: inout StateWriter) {
        writer.put(signed: move.seq.value)
        writer.put(move.event.source.text)
        writer.put(move.event.target.text)
    }

    private func write(_ write: Chronicle<PropertyWrite>.Entry, to writer: inout StateWriter) {
        writer.put(signed: write.seq.value)
        switch write.event {
        case .written(let key):
            writer.put(0)
            put(key, to: &writer)
        case .created(let node):
            writer.put(1)
            writer.put(number(of: node))
        case .renamed(let from, let to):
            writer.put(2)
            put(from, to: &writer)
            put(to, to: &writer)
        }
    }

    private func write(_ text: TextMemory.Saved, to writer: inout StateWriter) {
        writer.put(text.number)
        put(text.key, to: &writer)
        writer.put(signed: text.edits.horizon.value)
        writer.put(text.edits.count)
        for edit in text.edits.known {
            writer.put(signed: edit.seq.value)
            writer.put(edit.event.json)
        }
    }

    private func put(_ key: PropertyKey, to writer: inout StateWriter) {
        writer.put(number(of: key.node))
        writer.put(common: key.name.text)
    }

    // MARK: Nodes

    private func number(of node: NodeID) -> Int {
        guard let number = numbers?[node] else { preconditionFailure("a node without a number: \(node)") }
        return number
    }

    /// The numbers of all nodes that are named. O(nodes), where any is.
    private func numbered() -> [NodeID: Int] {
        var named = Set(texts.texts.map(\.key.node))
        for write in memory.writes.known { named.formUnion(write.event.nodes) }
        guard !named.isEmpty else { return [:] }
        var numbers: [NodeID: Int] = [:]
        for (number, node) in tree.subtree(of: tree.root).enumerated() where named.contains(node) {
            numbers[node] = number
        }
        // In the order in which they are named, so that equal states have equal bytes.
        var gone = tree.nodeCount
        for node in memory.writes.known.flatMap(\.event.nodes) + texts.texts.map(\.key.node) where numbers[node] == nil
        {
            numbers[node] = gone
            gone += 1
        }
        return numbers
    }
}

extension PropertyWrite {
    fileprivate var nodes: [NodeID] {
        switch self {
        case .written(let key): [key.node]
        case .created(let node): [node]
        case .renamed(let from, let to): [from.node, to.node]
        }
    }
}
