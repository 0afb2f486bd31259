import Testing
import TreenityProtocol
import TreenityStore

@Suite("Reading a tree")
struct ReadingTests {
    private func tree() throws -> Replica {
        try Replica(["p": 1, "a": ["q": "x", "b": [:], "c": ["d": [:]]], "z~/": [:]])
    }

    @Test("Addresses lead to nodes, to properties or to nothing")
    func items() throws {
        let tree = try tree()
        let a = try #require(tree.node(at: "tree/a"))
        #expect(tree.item(at: .root) == .node(tree.root))
        #expect(tree.item(at: "tree/a") == .node(a))
        #expect(tree.item(at: "tree/a/q") == .property(a, "q"))
        #expect(tree.item(at: "tree/a/q/x") == nil)
        #expect(tree.item(at: "tree/x") == nil)
        #expect(tree.node(at: "tree/a/q") == nil)
        #expect(tree.node(at: "tree/z~0~1").map(tree.path) == "tree/z~0~1")
        #expect(tree.json(at: "tree/a/q") == "x")
        #expect(tree.json(at: "tree/a/nothing") == nil)
    }

    @Test("A node knows its family")
    func family() throws {
        let tree = try tree()
        let (a, b, c) = (
            try #require(tree.node(at: "tree/a")), try #require(tree.node(at: "tree/a/b")),
            try #require(tree.node(at: "tree/a/c"))
        )
        #expect(Array(tree.children(of: a)) == [b, c])
        #expect(tree.nextSibling(of: b) == c)
        #expect(tree.previousSibling(of: c) == b)
        #expect(tree.previousSibling(of: b) == nil)
        #expect(tree.parent(of: a) == tree.root)
        #expect(tree.parent(of: tree.root) == nil)
        #expect(Array(tree.ancestors(of: b)) == [a, tree.root])
        #expect(tree.isNode(b, within: a))
        #expect(tree.isNode(b, within: b))
        #expect(!tree.isNode(a, within: b))
        #expect(tree.child("c", of: a) == c)
        #expect(tree.child("q", of: a) == nil)
        #expect(tree.subtreeCount(of: a) == 4)
        #expect(Array(tree.subtree(of: c)).map(tree.name) == ["c", "d"])
    }

    @Test("The version of a node's children changes when one comes, goes or is renamed, and else not")
    func childrenVersion() throws {
        var tree = try tree()
        let a = try #require(tree.node(at: "tree/a"))
        var versions = [tree.childrenVersion(of: a)]
        for patch in [
            Patch(.add([:]), "tree/a/n"), Patch(.move(to: "tree/a/m"), "tree/a/n"), Patch(.delete, "tree/a/m"),
        ] {
            _ = try tree.apply(patch)
            versions.append(tree.childrenVersion(of: a))
        }
        #expect(Set(versions).count == 4)
        _ = try tree.apply(Patch(.edit(["q": 1]), "tree/a"))
        _ = try tree.apply(Patch(.add([:]), "tree/a/b/x"))
        #expect(tree.childrenVersion(of: a) == versions[3])
    }

    @Test("A change tells what happened, and what was removed as it was")
    func changes() throws {
        var tree = try tree()
        let a = try #require(tree.node(at: "tree/a"))
        let change = try tree.apply(.by("", at: 1, .delete, "tree/a"))
        guard case .removed(let subtree)? = change.effects.first else {
            Issue.record("nothing was removed")
            return
        }
        #expect(subtree.count == 4)
        #expect(subtree.ids.first == a)
        #expect(subtree.parent == tree.root)
        #expect(subtree.next == tree.node(at: "tree/z~0~1"))
        #expect(subtree.json(in: tree) == ["q": "x", "b": [:], "c": ["d": [:]]])
    }
}

@Suite("Names")
struct ReplicaNameTests {
    @Test("The root is called tree, and long, short and empty-looking names are what they were")
    func names() throws {
        #expect(Replica().name(of: Replica().root) == "tree")
        let names = ["a", "12345678", "123456789", "1234567890123456", "12345678901234567", "日本語", "~/", " "]
        var tree = Replica()
        for name in names {
            _ = try tree.apply(.by("", at: 1, .add([:]), TreePath.root.appending(try Name(name))))
        }
        #expect(tree.children(of: tree.root).map { tree.name(of: $0).text } == names)
        for name in names { #expect(tree.child(try Name(name), of: tree.root) != nil) }
    }
}
