import Testing
import TreenityProtocol
import TreenityStore

@Suite("Loading snapshots")
struct SnapshotLoadTests {
    private func load(_ source: Replica, at path: TreePath = .root, into tree: inout Replica, chunk: Int = 2)
        -> SnapshotLoad.Summary
    {
        var load = SnapshotLoad(path: path)
        let nodes = source.node(at: path).map { Array(source.snapshotNodes(of: $0)) } ?? []
        for start in stride(from: 0, to: nodes.count, by: chunk) {
            load.add(Array(nodes[start..<min(start + chunk, nodes.count)]), to: &tree)
        }
        load.finish(&tree)
        return load.summary
    }

    @Test("An empty tree becomes the snapshot")
    func intoEmpty() throws {
        let source = try Replica(["p": 1, "a": ["q": [1, .null], "b": ["c": [:]]], "d/~": [:]])
        var tree = Replica()
        let summary = load(source, into: &tree)
        #expect(tree.json == source.json)
        #expect(summary.added == 4)
        #expect(summary.changed == 1)
        #expect(summary.removed == 0)
        tree.expectWhole()
    }

    @Test("What stays keeps its identity, what is stale goes, the order is the snapshot's")
    func intoOther() throws {
        let source = try Replica(["b": ["x": 1, "n": [:]], "c": [:], "a": ["y": 2]])
        var tree = try Replica(["a": ["y": 2, "gone": ["deep": [:]]], "b": ["x": 0], "old": [:], "p": 1])
        let kept = try ["tree/a", "tree/b"].map { try #require(tree.node(at: $0)) }
        let summary = load(source, into: &tree, chunk: 1)
        #expect(tree.json == source.json)
        #expect(["tree/a", "tree/b"].map { tree.node(at: $0) } == kept)
        #expect(summary.added == 2)
        #expect(summary.changed == 2)
        #expect(summary.removed == 3)
        tree.expectWhole()
    }

    @Test("A snapshot that says what is known changes nothing")
    func unchanged() throws {
        var tree = try Replica(["a": ["y": 2, "k": [:], "j": [:]], "b": ["x": 0]])
        let before = tree.everything
        #expect(load(tree, into: &tree) == SnapshotLoad.Summary())
        #expect(tree.everything == before)
    }

    @Test("The snapshot of a subtree leaves alone what lies beside it")
    func subtree() throws {
        let source = try Replica(["a": ["b": ["new": ["x": 1]]]])
        var tree = try Replica(["a": ["b": ["old": [:]], "c": ["y": 1]], "d": [:]])
        let summary = load(source, at: "tree/a/b", into: &tree)
        #expect(tree.json == ["a": ["b": ["new": ["x": 1]], "c": ["y": 1]], "d": [:]])
        #expect(summary.removed == 1)
        tree.expectWhole()
    }

    @Test("The snapshot of a subtree creates what leads to it")
    func subtreeOfNothing() throws {
        let source = try Replica(["a": ["b": ["x": 1]]])
        var tree = Replica()
        _ = load(source, at: "tree/a/b", into: &tree)
        #expect(tree.json == source.json)
        tree.expectWhole()
    }

    @Test("A snapshot of no nodes removes what was there", arguments: ["tree/a", .root] as [TreePath])
    func nothing(_ path: TreePath) throws {
        var tree = try Replica(["a": ["b": [:]]])
        var load = SnapshotLoad(path: path)
        load.add([], to: &tree)
        load.finish(&tree)
        #expect(tree.json == [:])
        #expect(load.summary.removed == 2)
        tree.expectWhole()
    }

    @Test("A node that became a property, and the reverse, are replaced")
    func otherKinds() throws {
        let source = try Replica(["a": 1, "b": ["x": 1]])
        var tree = try Replica(["b": 2, "a": ["y": 1]])
        _ = load(source, into: &tree)
        #expect(tree.json == source.json)
        tree.expectWhole()
    }

    @Test("The depth of a snapshot bounds what is told, not the counts")
    func depth() throws {
        let tree = try Replica(["a": ["b": ["c": [:]], "d": [:]]])
        let nodes = Array(tree.snapshotNodes(of: tree.root, depth: 1))
        #expect(nodes.map(\.path) == ["tree", "tree/a"])
        #expect(nodes.map(\.children) == [1, 2])
        #expect(Array(tree.snapshotNodes(of: tree.root, depth: 0)).count == 1)
        #expect(Array(tree.snapshotNodes(of: tree.root)).map(\.path).last == "tree/a/d")
    }

    @Test("Any tree becomes any other", arguments: 0..<20 as Range<UInt64>)
    func randomTrees(_ seed: UInt64) {
        var patches = RandomPatches(seed: seed)
        var trees = [Replica(), Replica()]
        for _ in 0..<120 { _ = try? trees[patches.below(2)].apply(patches.next()) }
        let kept = trees[0].subtree(of: trees[0].root).filter { trees[1].node(at: trees[0].path(of: $0)) != nil }
        let paths = kept.map { trees[0].path(of: $0) }
        let summary = load(trees[1], into: &trees[0], chunk: 3)
        #expect(trees[0].json == trees[1].json)
        #expect(paths.map { trees[0].node(at: $0) } == kept)
        #expect(summary.added == trees[1].nodeCount - kept.count)
        trees[0].expectWhole()
    }
}
