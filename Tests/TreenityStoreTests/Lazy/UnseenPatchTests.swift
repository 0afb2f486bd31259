import Testing
import TreenityProtocol

@testable import TreenityStore

@Suite("Patches below nodes that are not loaded")
struct UnseenPatchTests {
    /// `a` with the children `b` and `c` and the property `p` is not loaded, `d` is.
    private let tree: Replica

    init() throws {
        let whole = try Replica(["r": 0, "a": ["p": 1, "b": ["q": "text", "x": [:]], "c": [:]], "d": ["e": [:]]])
        var tree = whole
        tree.unload(try #require(tree.node(at: "tree/a")))
        self.tree = tree
    }

    /// The count of the children of `tree/a` after some patches.
    private func count(after patches: (Patch.Operation, TreePath)...) throws -> ChildCount {
        let tree = try apply(patches)
        return tree.childCount(in: tree.record(try #require(tree.node(at: "tree/a"))))
    }

    private func apply(_ patches: [(Patch.Operation, TreePath)], _ rule: ApplyRule = .decided) throws -> Replica {
        var tree = tree
        for (operation, path) in patches { _ = try tree.apply(Patch(operation, path), rule) }
        tree.expectSlots()
        return tree
    }

    // MARK: What the server has decided

    @Test("A child that comes or goes is counted")
    func counted() throws {
        #expect(try count(after: (.add([:]), "tree/a/n")) == .exactly(3))
        #expect(try count(after: (.delete, "tree/a/b")) == .exactly(1))
        #expect(try count(after: (.move(to: "tree/a/e"), "tree/d/e")) == .exactly(3))
        #expect(try count(after: (.move(to: "tree/d/b"), "tree/a/b")) == .exactly(1))
        #expect(try count(after: (.move(to: "tree/a/n"), "tree/a/b")) == .exactly(2))
    }

    @Test("What changes in the children themselves changes nothing")
    func unseen() throws {
        #expect(try count(after: (.edit(["n": [:]]), "tree/a/b")) == .exactly(2))
        #expect(try count(after: (.edit("other"), "tree/a/b/q")) == .exactly(2))
        #expect(try count(after: (.delete, "tree/a/b/x")) == .exactly(2))
        #expect(try count(after: (.move(to: "tree/n"), "tree/a/b/x")) == .exactly(2))
    }

    @Test("Where a child may have been created on the way, the count is in doubt")
    func doubted() throws {
        #expect(try count(after: (.add([:]), "tree/a/b/n")) == .about(2))
        #expect(try count(after: (.add(1), "tree/a/n/p")) == .about(2))
        #expect(try count(after: (.edit(["n": ["p": 1]]), "tree/a")) == .about(2))
        #expect(try count(after: (.move(to: "tree/a/n/e"), "tree/d/e")) == .about(2))
        #expect(try count(after: (.move(to: "tree/a/n/x"), "tree/a/b/x")) == .about(2))
    }

    @Test("A count in doubt is a guess that never makes a leaf")
    func guess() throws {
        let doubt: (Patch.Operation, TreePath) = (.add([:]), "tree/a/b/n")
        #expect(try count(after: doubt, (.add([:]), "tree/a/n")) == .about(3))
        #expect(try count(after: doubt, (.delete, "tree/a/b"), (.delete, "tree/a/c")) == .about(0))
        let tree = try apply([doubt, (.delete, "tree/a/b"), (.delete, "tree/a/c"), (.delete, "tree/a/n")])
        #expect(!tree.isLoaded(try #require(tree.node(at: "tree/a"))))
    }

    @Test("Without children a node is a leaf, in which others come as anywhere")
    func leaf() throws {
        let tree = try apply([(.delete, "tree/a/b"), (.delete, "tree/a/c"), (.add([:]), "tree/a/n/m")])
        #expect(tree.json(at: "tree/a") == ["p": 1, "n": ["m": [:]]])
        tree.expectWhole()
    }

    @Test("The properties of a node that is not loaded are all there")
    func properties() throws {
        let tree = try apply([
            (.edit(["p": 2, "b": ["q": 1]]), "tree/a"), (.add(3), "tree/a/n"), (.edit(4), "tree/a/n"),
            (.move(to: "tree/a/s"), "tree/r"), (.move(to: "tree/a/t"), "tree/a/p"),
        ])
        #expect(tree.json == ["a": ["n": 4, "s": 0, "t": 2], "d": ["e": [:]]])
    }

    @Test("A change names the nodes that it leaves in doubt, and takes all back")
    func change() throws {
        var tree = tree
        let before = (tree.everything, tree.childCounts)
        let a = try #require(tree.node(at: "tree/a"))
        let certain = try tree.apply(Patch(.delete, "tree/a/b"), .decided)
        #expect(certain.doubtful == [])
        #expect(certain.effects.compactMap(\.count) == [CountChange(node: a, old: .exactly(2), new: .exactly(1))])
        let doubted = try tree.apply(Patch(.add([:]), "tree/a/c/n"), .decided)
        #expect(doubted.doubtful == [a])
        #expect(tree.doubtfulNodes == [a])
        #expect(tree.inquiries(about: a) == ["tree/a"])
        tree.revert(doubted)
        tree.revert(certain)
        #expect(tree.everything == before.0)
        #expect(tree.childCounts == before.1)
    }

    @Test("What is not ordered leaves the count in doubt")
    func unordered() throws {
        let patches: [(Patch.Operation, TreePath)] = [
            (.add([:]), "tree/a/n"), (.edit(["n": 1]), "tree/a/b"), (.edit(["b": ["n": 1]]), "tree/a"),
            (.delete, "tree/a/b"), (.move(to: "tree/d/b"), "tree/a/b"), (.move(to: "tree/a/e"), "tree/d/e"),
        ]
        for patch in patches {
            let tree = try apply([patch], .merge)
            #expect(tree.isDoubtful(try #require(tree.node(at: "tree/a"))), "\(patch)")
        }
    }

    // MARK: What comes from there

    @Test("A child that comes out is a node of which nothing else is known")
    func nodeArrives() throws {
        var tree = try apply([(.move(to: "tree/d/n/b"), "tree/a/b")])
        let node = try #require(tree.node(at: "tree/d/n/b"))
        #expect(!tree.isLoaded(node))
        #expect(tree.doubtfulNodes == [node])
        #expect(tree.inquiries(about: node) == ["tree/d/n/b"])
        let whole = try Replica(["d": ["n": ["b": ["q": "text", "x": [:]]]]])
        tree.settleDoubts(whole)
        #expect(tree.json(at: "tree/d/n/b") == ["q": "text"])
        #expect(tree.childCount(of: node) == 1)
        #expect(tree.doubtfulNodes == [])
    }

    @Test("What comes from further down may be a property, until a snapshot tells", arguments: [true, false])
    func somethingArrives(_ isNode: Bool) throws {
        let source: TreePath = isNode ? "tree/a/b/x" : "tree/a/b/q"
        var tree = try apply([(.move(to: "tree/d/n"), source)])
        let node = try #require(tree.node(at: "tree/d/n"))
        #expect(tree.inquiries(about: node) == ["tree/d/n", "tree/d"])
        tree.settleDoubts(try Replica(["d": isNode ? ["e": [:], "n": [:]] : ["n": "text", "e": [:]]]))
        #expect(tree.json(at: "tree/d") == (isNode ? ["e": [:], "n": [:]] : ["n": "text", "e": [:]]))
        #expect(tree.contains(node) == isNode)
        #expect(tree.doubtfulNodes == [])
        tree.expectSlots()
    }

    @Test(
        "What is written to it tells that it is a property",
        arguments: [(.edit(1), "tree/n"), (.add(1), "tree/n"), (.edit(["n": 1]), .root)]
            as [(Patch.Operation, TreePath)])
    func property(_ operation: Patch.Operation, _ path: TreePath) throws {
        let tree = try apply([(.move(to: "tree/n"), "tree/a/b/q"), (operation, path)])
        #expect(tree.item(at: "tree/n") == .property(tree.root, "n"))
        #expect(tree.json(at: "tree/n") == 1)
        #expect(tree.doubtfulNodes == [])
    }

    @Test("What comes out of a node in doubt may be a property, of which that was not told either")
    func fromDoubt() throws {
        let tree = try apply([(.move(to: "tree/a/q"), "tree/a/b/q"), (.move(to: "tree/n"), "tree/a/q")])
        let node = try #require(tree.node(at: "tree/n"))
        #expect(tree.inquiries(about: node) == ["tree/n", "tree"])
    }

    @Test("An edit of a text that is not here leaves it unknown")
    func unknownText() throws {
        let edit = TextEdit([.keep(1), .insert("u")]).json
        let patches: [(Patch.Operation, TreePath)] = [(.edit(edit), "tree/n"), (.edit(["n": edit]), .root)]
        for patch in patches {
            let tree = try apply([(.move(to: "tree/n"), "tree/a/b/q"), patch])
            #expect(tree.doubtfulNodes == [try #require(tree.node(at: "tree/n"))])
        }
    }

    @Test("Something that may be a property leaves in doubt where it goes")
    func unknownMoves() throws {
        let out: (Patch.Operation, TreePath) = (.move(to: "tree/n"), "tree/a/b/q")
        #expect(try count(after: out, (.move(to: "tree/a/n"), "tree/n")) == .about(2))
        let tree = try apply([out, (.move(to: "tree/d/n"), "tree/n")])
        #expect(tree.doubtfulNodes.map(tree.path(of:)) == ["tree/d/n"])
    }

    // MARK: The user's own edits

    @Test(
        "The user's own edits there are refused, and it is said what to do",
        arguments: [
            (.add([:]), "tree/a/n"), (.add(1), "tree/a/b/n"), (.edit(1), "tree/a/b/q"), (.edit(["b": [:]]), "tree/a"),
            (.delete, "tree/a/b"), (.move(to: "tree/n"), "tree/a/b"), (.move(to: "tree/a/e"), "tree/d/e"),
        ] as [(Patch.Operation, TreePath)])
    func refused(_ operation: Patch.Operation, _ path: TreePath) throws {
        var tree = tree
        let before = (tree.everything, tree.childCounts)
        let refusal = #expect(throws: Refusal.self) { try tree.apply(Patch(operation, path)) }
        #expect(refusal?.code == .unavailable)
        #expect(refusal?.message == "what is in tree/a is not loaded yet: unfold it first")
        #expect(tree.everything == before.0)
        #expect(tree.childCounts == before.1)
    }

    @Test("What may be a property cannot be edited")
    func unknownRefused() throws {
        let unknown = try apply([(.move(to: "tree/n"), "tree/a/b/q")])
        let patches: [(Patch.Operation, TreePath)] = [
            (.edit(1), "tree/n"), (.add(1), "tree/n"), (.add([:]), "tree/n"), (.edit(["n": 1]), .root),
            (.edit(["n": TextEdit([.insert("u")]).json]), .root),
        ]
        for (operation, path) in patches {
            var tree = unknown
            let refusal = #expect(throws: Refusal.self) { try tree.apply(Patch(operation, path)) }
            #expect(refusal?.code == .unavailable, "\(operation)")
        }
    }

    @Test("The node itself can be edited, moved and deleted")
    func whole() throws {
        let time = Timestamp(milliseconds: 1)
        var tree = tree
        _ = try tree.apply(Patch(.edit(["p": 2, "n": 3]), "tree/a", timestamp: time))
        let moved = try tree.apply(Patch(.move(to: "tree/d/a"), "tree/a", timestamp: time))
        #expect(tree.inverse(of: moved) == [Patch(.move(to: "tree/a"), "tree/d/a")])
        let node = try #require(tree.node(at: "tree/d/a"))
        #expect(tree.childCount(of: node) == 2)
        let deletion = try tree.apply(Patch(.delete, "tree/d/a", timestamp: time))
        #expect(tree.inverse(of: deletion) == [], "what was not loaded cannot be brought back by patches")
        tree.revert(deletion)
        #expect(tree.childCount(of: node) == 2)
        #expect(!tree.isLoaded(node))
        tree.expectSlots()
    }
}

extension Change.Effect {
    fileprivate var count: CountChange? {
        if case .count(let change) = self { change } else { nil }
    }
}
