import Testing
import TreenityProtocol

@testable import TreenityStore

@Suite("Footprints")
struct FootprintTests {
    private static let tree: JSONValue = ["a": ["p": 1, "b": ["q": 2]], "c": ["d": [:], "e": [:]]]

    @Test(
        "Patches that read or write the same are related, in both directions",
        arguments: [
            (.edit(["p": 2]), "tree/a", .edit(["p": 3]), "tree/a", true),
            (.edit(["p": 2]), "tree/a", .edit(["b": ["q": 3]]), "tree/a", false),
            (.edit(["p": 2]), "tree/a", .delete, "tree/a/b", false),
            (.edit(["p": 2]), "tree/a", .delete, "tree/a", true),
            (.edit(["new": 2]), "tree/a", .delete, "tree/a/b", true),
            (.edit([:]), "tree/a", .move(to: "tree/x"), "tree/a", true),
            (.add([:]), "tree/x/y", .add([:]), "tree/x/z", true),
            (.add([:]), "tree/x/y", .add([:]), "tree/c/z", false),
            (.add([:]), "tree/c/y", .add([:]), "tree/c/z", true),
            (.move(to: "tree/c/z"), "tree/a/b", .edit(["q": 3]), "tree/a/b", true),
            (.move(to: "tree/c/z"), "tree/a/b", .edit(["p": 3]), "tree/a", false),
            (.move(to: "tree/c/z"), "tree/a/b", .add(1), "tree/c/z/k", true),
            (.delete, "tree/c/d", .delete, "tree/c/e", true),
            (.execute(nil), "tree/c/d", .edit(["x": 1]), "tree/c/e", false),
        ] as [(Patch.Operation, TreePath, Patch.Operation, TreePath, Bool)])
    func related(
        _ one: Patch.Operation, _ path: TreePath, _ other: Patch.Operation, _ otherPath: TreePath, _ isRelated: Bool
    ) throws {
        let tree = try Replica(Self.tree)
        let footprints = [Patch(one, path), Patch(other, otherPath)].map { Footprint(of: $0, in: tree) }
        for (first, second) in [(footprints[0], footprints[1]), (footprints[1], footprints[0])] {
            var index = FootprintIndex()
            index.insert(first)
            #expect(index.isRelated(to: second) == isRelated)
            index.remove(first)
            #expect(!index.isRelated(to: second))
        }
    }
}
