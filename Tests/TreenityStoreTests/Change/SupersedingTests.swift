import Testing
import TreenityProtocol
import TreenityStore

@Suite("Older against newer")
struct SupersedingTests {
    private func tree() throws -> Replica {
        var tree = try Replica(["n": ["old": 0, "m": ["/": 0, "x": 0], "e": ["y": 0]], "p": 0])
        _ = try tree.apply(.by("b", at: 100, .edit(["old": 1, "m": ["/": 1]]), "tree/n"))
        _ = try tree.apply(.by("b", at: 100, .edit(1), "tree/p"))
        return tree
    }

    @Test(
        "Leaves that are older than what is there are named and dropped, the rest goes on",
        arguments: ApplyRule.comparing)
    func leavesAreDropped(_ rule: ApplyRule) throws {
        var tree = try tree()
        let value: JSONValue = ["old": 2, "m": ["/": 2, "x": 2], "new": 2, "e": [:]]
        let change = try tree.apply(.by("a", at: 99, .edit(value), "tree/n"), rule)
        #expect(change.superseded == ["old", "m/~1"])
        #expect(change.patch.operation == .edit(["m": ["x": 2], "new": 2, "e": [:]]))
        #expect(change.effects.count == 2)
        #expect(tree.json(at: "tree/n") == ["old": 1, "new": 2, "m": ["/": 1, "x": 2], "e": ["y": 0]])
    }

    @Test(
        "A property that is newer keeps its value, and the empty path names it",
        arguments: [.add(2), .edit(2)] as [Patch.Operation])
    func propertyIsKept(_ operation: Patch.Operation) throws {
        var tree = try tree()
        let change = try tree.apply(.by("b", at: 99, operation, "tree/p"))
        #expect(change.superseded == [""])
        #expect(change.effects.isEmpty)
        #expect(tree.json(at: "tree/p") == 1)
    }

    @Test(
        "At one moment the larger name wins, and of one's own patches the later",
        arguments: [("a", false), ("b", true), ("c", true), ("", false), ("\u{E9}", true)])
    func equalMoments(_ user: String, _ wins: Bool) throws {
        var tree = try tree()
        _ = try tree.apply(.by(user, at: 100, .edit(2), "tree/p"))
        #expect(tree.json(at: "tree/p") == (wins ? 2 : 1))
    }

    @Test("Names that differ in their normalization form alone are two senders")
    func normalizationForms() throws {
        var tree = try Replica(["p": 0])
        _ = try tree.apply(.by("e\u{301}", at: 1, .edit(1), "tree/p"))
        _ = try tree.apply(.by("\u{E9}", at: 1, .edit(2), "tree/p"))
        _ = try tree.apply(.by("e\u{301}", at: 1, .edit(3), "tree/p"))
        #expect(tree.json(at: "tree/p") == 2)
        #expect(tree.property("p", of: tree.root)?.stamp.sender.unicodeScalars.count == 1)
    }

    @Test("Of keys that differ in their normalization form alone only the older leaf is dropped")
    func similarKeys() throws {
        var tree = try Replica(["\u{E9}": 0])
        _ = try tree.apply(.by("", at: 9, .edit(["\u{E9}": 1]), .root))
        let both = JSONValue.object([.init(key: "\u{E9}", value: 2), .init(key: "e\u{301}", value: 2)])
        let change = try tree.apply(.by("", at: 5, .edit(both), .root))
        #expect(change.patch.operation == .edit(.object([.init(key: "e\u{301}", value: 2)])))
    }

    @Test("What a server has decided is done, however old")
    func decided() throws {
        var tree = try tree()
        let change = try tree.apply(.by("a", at: 1, .edit(["old": 2]), "tree/n"), .decided)
        #expect(change.superseded.isEmpty)
        #expect(tree.json(at: "tree/n/old") == 2)
        #expect(tree.property("old", of: try #require(tree.node(at: "tree/n")))?.stamp.timestamp.milliseconds == 1)
    }

    @Test(
        "A deletion is refused where something below is newer",
        arguments: [
            ("tree/n", 99, false), ("tree/n/m", 99, false), ("tree/p", 99, false), ("tree/n", 100, true),
            ("tree/n/e", 99, true), ("tree/n/m/x", 99, true), ("tree/n", 101, true),
        ] as [(TreePath, Int64, Bool)])
    func deletion(_ path: TreePath, _ milliseconds: Int64, _ isDone: Bool) throws {
        var tree = try tree()
        let patch = Patch.by("b", at: milliseconds, .delete, path)
        guard isDone else {
            let refusal = #expect(throws: Refusal.self) { try tree.apply(patch) }
            #expect(refusal?.code == .superseded)
            return
        }
        _ = try tree.apply(patch)
        #expect(tree.item(at: path) == nil)
    }

    @Test("A move keeps the stamps of what moves")
    func movesKeepStamps() throws {
        var tree = try tree()
        _ = try tree.apply(.by("z", at: 500, .move(to: "tree/k/n"), "tree/n"))
        _ = try tree.apply(.by("z", at: 500, .move(to: "tree/k/q"), "tree/p"))
        let node = try #require(tree.node(at: "tree/k/n"))
        #expect(tree.stamp(of: node) == Stamp(timestamp: Timestamp(milliseconds: 100), sender: "b"))
        let parent = try #require(tree.node(at: "tree/k"))
        #expect(tree.property("q", of: parent)?.stamp == Stamp(timestamp: Timestamp(milliseconds: 100), sender: "b"))
    }

    @Test("Thousands of leaves are dropped in one go")
    func manyLeaves() throws {
        let members = (0..<1_000).map { JSONValue.Member(key: "k\($0)", value: 1) }
        var tree = Replica()
        _ = try tree.apply(.by("", at: 9, .add(.object(members)), "tree/a"))
        let change = try tree.apply(.by("", at: 1, .edit(.object(members)), "tree/a"))
        #expect(change.superseded.count == 1_000)
        #expect(change.patch.operation == .edit([:]))
    }
}
