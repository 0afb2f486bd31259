import TreenityProtocol

@testable import TreenityStore

extension Replica {
    /// Takes in a snapshot of another tree, as a server sends it; there is none of a property.
    @discardableResult
    mutating func load(
        _ path: TreePath, depth: Int?, of whole: Replica, refining: Bool = true, chunk: Int = 3
    ) -> SnapshotLoad.Summary {
        var load = SnapshotLoad(path: path, refines: refining)
        if case .property = whole.item(at: path) { return load.summary }
        let nodes = whole.node(at: path).map { Array(whole.snapshotNodes(of: $0, depth: depth)) } ?? []
        for start in stride(from: 0, to: max(nodes.count, 1), by: chunk) {
            load.add(Array(nodes.dropFirst(start).prefix(chunk)), to: &self)
        }
        load.finish(&self)
        return load.summary
    }

    /// Asks for all that is in doubt.
    mutating func settleDoubts(_ whole: Replica) {
        for node in doubtfulNodes where contains(node) {
            for path in inquiries(about: node) { load(path, depth: 0, of: whole) }
        }
    }

    /// The numbers of children, as they are stored.
    var childCounts: [Int32] { subtree(of: root).map { records[Int($0.slot)].childCount } }
}
