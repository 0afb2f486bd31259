import Testing
import TreenityProtocol
import TreenityStore

@Suite("Inverse patches")
struct InverseTests {
    private static let start: JSONValue = ["p": 1, "n": ["q": 2, "m": ["r": 3, "k": ["s": [1]]]], "o": [:]]

    @Test(
        "The inverse of each operation gives the same tree back",
        arguments: [
            (.add(5), "tree/x"), (.add(5), "tree/p"), (.add(5), "tree/x/y/z"),
            (.add(["a": ["b": ["c": 1]]]), "tree/x/y"),
            (.edit(["q": 7, "s": 8]), "tree/n"),
            (.edit(["m": ["r": 4, "k": ["x": 1, "y": [:]]], "e": [:]]), "tree/n"),
            (.edit(9), "tree/n/q"), (.edit([:]), "tree/n"), (.delete, "tree/n"), (.delete, "tree/n/q"),
            (.move(to: "tree/o/n2"), "tree/n"), (.move(to: "tree/x/y/m"), "tree/n/m"), (.move(to: "tree/p2"), "tree/p"),
            (.move(to: "tree/o/x/p"), "tree/p"), (.execute(nil), "tree/n"),
        ] as [(Patch.Operation, TreePath)])
    func eachOperation(_ operation: Patch.Operation, _ path: TreePath) throws {
        var tree = try Replica(Self.start)
        let change = try tree.apply(.by("ann", at: 5, operation, path))
        for patch in tree.inverse(of: change) {
            _ = try tree.apply(.by("ann", at: 6, patch.operation, patch.path))
        }
        #expect(tree.json.sorted == Self.start.sorted)
        tree.expectWhole()
    }

    @Test("The inverses of many patches lead all the way back", arguments: 0..<10 as Range<UInt64>)
    func manyPatches(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var tree = Replica()
        for _ in 0..<60 {
            let before = tree.json.sorted
            let patch = patches.next()
            guard let change = try? tree.apply(patch) else { continue }
            var undone = tree
            for inverse in tree.inverse(of: change) {
                _ = try undone.apply(.by("", at: 1_000, inverse.operation, inverse.path))
            }
            #expect(undone.json.sorted == before, "after \(patch)")
            undone.expectWhole()
        }
    }

    @Test("The inverse of an edit that is still pending is known too")
    func pendingDeletion() throws {
        var client = OptimisticReplica()
        _ = client.receive([.by("", at: 1, .add(["b": ["x": 1]]), "tree/a")], now: Timestamp(milliseconds: 1))
        var patch = Patch.by("ann", at: 2, .delete, "tree/a")
        patch.id = "1"
        let change = try client.edit(patch, now: Timestamp(milliseconds: 2))
        #expect(client.tree.inverse(of: change) == [Patch(.add(["b": ["x": 1]]), "tree/a")])
    }

    @Test("Only the topmost of the nodes that came is deleted")
    func addedNodes() throws {
        var tree = Replica()
        let change = try tree.apply(.by("", at: 1, .add(["c": ["d": [:]], "e": [:]]), "tree/a/b"))
        #expect(change.effects.count == 5)
        #expect(tree.inverse(of: change) == [Patch(.delete, "tree/a")])
    }
}
