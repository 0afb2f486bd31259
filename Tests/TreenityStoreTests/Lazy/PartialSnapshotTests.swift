import Testing
import TreenityProtocol

@testable import TreenityStore

@Suite("Snapshots of some depth")
struct PartialSnapshotTests {
    private let whole: Replica

    init() throws {
        whole = try Replica(["a": ["p": 1, "b": ["c": ["d": [:]], "e": [:]]], "f": ["g": [:]], "h": [:]])
    }

    private func part(depth: Int) -> Replica {
        var tree = Replica()
        tree.load(.root, depth: depth, of: whole)
        return tree
    }

    @Test("What lies below its edge is not loaded, but counted")
    func edge() throws {
        let tree = part(depth: 1)
        #expect(tree.json == ["a": ["p": 1], "f": [:], "h": [:]])
        let nodes = try ["tree", "tree/a", "tree/f", "tree/h"].map { try #require(tree.node(at: $0 as TreePath)) }
        #expect(nodes.map(tree.isLoaded) == [true, false, false, true])
        #expect(nodes.map(tree.childCount) == [3, 1, 1, 0])
        #expect(tree.doubtfulNodes == [])
        #expect(tree.subtreeCount(of: tree.root) == 4)
        #expect(Array(tree.snapshotNodes(of: tree.root)).map(\.children) == [3, 1, 1, 0])
        tree.expectSlots()
    }

    @Test("The root alone")
    func rootAlone() {
        let tree = part(depth: 0)
        #expect(!tree.isLoaded(tree.root))
        #expect(tree.childCount(of: tree.root) == 3)
    }

    @Test("Node after node the tree becomes whole, and all keep their identities")
    func unfolding() {
        var tree = part(depth: 0)
        while let node = tree.subtree(of: tree.root).first(where: { !tree.isLoaded($0) }) {
            let before = tree.everything.map(\.node)
            tree.load(tree.path(of: node), depth: 1, of: whole)
            #expect(Set(before).isSubset(of: tree.everything.map(\.node)))
        }
        #expect(tree.json == whole.json)
        tree.expectWhole()
    }

    @Test("The way to what is not here is told, one level after the other")
    func approach() {
        var tree = part(depth: 1)
        #expect(tree.approach(to: "tree/a/b/c/d") == ["tree/a", "tree/a/b", "tree/a/b/c"])
        #expect(tree.approach(to: "tree/a") == [])
        #expect(tree.approach(to: "tree/a/p") == [])
        #expect(tree.approach(to: "tree/h/x") == [])
        for path in tree.approach(to: "tree/a/b/c/d") { tree.load(path, depth: 1, of: whole) }
        #expect(tree.node(at: "tree/a/b/c/d") != nil)
        #expect(part(depth: 0).approach(to: "tree/a") == ["tree"])
    }

    @Test("What is dropped again leaves its number")
    func unloading() throws {
        var tree = whole
        let (a, c) = (try #require(tree.node(at: "tree/a")), try #require(tree.node(at: "tree/a/b/c")))
        let version = tree.childrenVersion(of: a)
        #expect(tree.unload(a) == 4)
        #expect(tree.unload(a) == 0)
        #expect(!tree.contains(c))
        #expect(!tree.isLoaded(a))
        #expect(tree.childCount(of: a) == 1)
        #expect(tree.childrenVersion(of: a) > version)
        #expect(tree.unload(try #require(tree.node(at: "tree/h"))) == 0)
        tree.expectSlots()
        tree.load("tree/a", depth: nil, of: whole)
        #expect(tree.json == whole.json)
    }

    @Test("A refinement leaves what lies deeper where its number is right")
    func refinement() throws {
        var tree = whole
        let before = tree.everything
        #expect(tree.load(.root, depth: 1, of: whole) == SnapshotLoad.Summary())
        #expect(tree.everything == before)
        var other = whole
        _ = try other.apply(Patch(.add([:]), "tree/f/n"))
        #expect(tree.load(.root, depth: 1, of: other).removed == 1)
        #expect(tree.node(at: "tree/a/b/c/d") != nil)
        let f = try #require(tree.node(at: "tree/f"))
        #expect(!tree.isLoaded(f))
        #expect(tree.childCount(of: f) == 2)
    }

    @Test("A renewal drops what lies deeper, as that is of an earlier time")
    func renewal() throws {
        var tree = whole
        let a = tree.node(at: "tree/a")
        #expect(tree.load(.root, depth: 1, of: whole, refining: false).removed == 5)
        #expect(tree.json == part(depth: 1).json)
        #expect(tree.node(at: "tree/a") == a)
        tree.expectSlots()
    }

    @Test("What has no children any more is a leaf")
    func emptied() throws {
        var tree = whole
        let other = try Replica(["a": [:]])
        tree.load(.root, depth: 1, of: other)
        #expect(tree.json == ["a": [:]])
        tree.expectWhole()
        tree = part(depth: 1)
        tree.load(.root, depth: 1, of: other, refining: false)
        #expect(tree.json == ["a": [:]])
        tree.expectWhole()
    }

    @Test("A snapshot for which there is no place, because nothing is loaded there, does nothing")
    func passedOver() {
        var tree = part(depth: 1)
        let before = (tree.everything, tree.childCounts)
        #expect(tree.load("tree/a/b", depth: 1, of: whole).isPassedOver)
        #expect(tree.everything == before.0)
        #expect(tree.childCounts == before.1)
        #expect(!tree.load("tree/a", depth: 0, of: whole).isPassedOver)
    }

    @Test("A child that turns out to be a property gives way to it")
    func property() throws {
        var tree = try Replica(["a": ["n": ["x": [:]], "b": [:]]])
        tree.load("tree/a", depth: 0, of: try Replica(["a": ["n": 1, "b": [:]]]))
        // That one is there which was never in doubt: so the number is not right.
        #expect(tree.json(at: "tree/a") == ["n": 1])
        #expect(!tree.isLoaded(try #require(tree.node(at: "tree/a"))))
        tree.expectSlots()
    }
}
