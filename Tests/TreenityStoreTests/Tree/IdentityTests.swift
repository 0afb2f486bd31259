import Testing
import TreenityProtocol

@testable import TreenityStore

@Suite("Identities")
struct IdentityTests {
    @Test("A node keeps its identity through edits and moves of itself and of what is above")
    func throughMoves() throws {
        var tree = try Replica(["a": ["b": ["c": [:]]], "d": [:]])
        let node = try #require(tree.node(at: "tree/a/b/c"))
        _ = try tree.apply(.by("", at: 1, .edit(["x": 1]), "tree/a/b/c"))
        _ = try tree.apply(.by("", at: 1, .move(to: "tree/d/e/b"), "tree/a/b"))
        _ = try tree.apply(.by("", at: 1, .move(to: "tree/d/e/b/c2"), "tree/d/e/b/c"))
        #expect(tree.path(of: node) == "tree/d/e/b/c2")
        #expect(tree.node(at: "tree/d/e/b/c2") == node)
        #expect(tree.name(of: node) == "c2")
        tree.expectWhole()
    }

    @Test("A node that went is not the one that comes to its place")
    func afterDeletion() throws {
        var tree = try Replica(["a": [:]])
        let first = try #require(tree.node(at: "tree/a"))
        _ = try tree.apply(.by("", at: 1, .delete, "tree/a"))
        #expect(!tree.contains(first))
        _ = try tree.apply(.by("", at: 1, .add([:]), "tree/a"))
        #expect(tree.node(at: "tree/a") != first)
        #expect(!tree.contains(first))
        #expect(tree.records.count == 2)
    }

    @Test("A node whose coming was reverted is not the next one that comes")
    func afterRevert() throws {
        var tree = Replica()
        let change = try tree.apply(.by("", at: 1, .add([:]), "tree/a"))
        let first = try #require(tree.node(at: "tree/a"))
        tree.revert(change)
        #expect(!tree.contains(first))
        _ = try tree.apply(.by("", at: 1, .add([:]), "tree/b"))
        #expect(!tree.contains(first))
        #expect(tree.records.count == 2)
    }

    @Test("A node whose deletion was reverted is itself again, and what came meanwhile is another")
    func afterRevertedDeletion() throws {
        var tree = try Replica(["a": ["b": [:]]])
        let node = try #require(tree.node(at: "tree/a/b"))
        let deletion = try tree.apply(.by("", at: 1, .delete, "tree/a"))
        let addition = try tree.apply(.by("", at: 1, .add([:]), "tree/c"))
        let other = try #require(tree.node(at: "tree/c"))
        tree.revert(addition)
        tree.revert(deletion)
        #expect(tree.node(at: "tree/a/b") == node)
        #expect(!tree.contains(other))
        _ = try tree.apply(.by("", at: 1, .delete, "tree/a"))
        _ = try tree.apply(.by("", at: 1, .add(["x": [:]]), "tree/d"))
        #expect(!tree.contains(other))
        tree.expectWhole()
    }

    @Test("The size of what moves does not matter", arguments: [1, 1_000])
    func moveTouchesOneNode(_ count: Int) throws {
        let children = (0..<count).map { JSONValue.Member(key: "k\($0)", value: [:]) }
        var tree = try Replica(["a": .object(children), "b": [:]])
        let top = try #require(tree.node(at: "tree/a"))
        let below = try #require(tree.firstChild(of: top))
        let version = tree.childrenVersion(of: top)
        let change = try tree.apply(.by("", at: 1, .move(to: "tree/b/a"), "tree/a"))
        #expect(change.effects.count == 1)
        #expect(tree.path(of: below) == "tree/b/a/k0")
        #expect(tree.childrenVersion(of: top) == version)
    }

    @Test("A refused patch leaves no trace, also where it had begun to create")
    func refusedPatch() throws {
        var tree = try Replica(["a": ["p": 1]])
        let slots = tree.records.count
        for _ in 0..<10 {
            let value: JSONValue = ["new": ["deep": [:]], "p": ["x": 1]]
            #expect(throws: Refusal.self) { try tree.apply(.by("", at: 1, .edit(value), "tree/a")) }
        }
        #expect(tree.records.count <= slots + 2)
        tree.expectWhole()
    }
}
