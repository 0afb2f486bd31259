import Testing
import TreenityProtocol
import TreenityStore

@Suite("Random patches")
struct RandomSequenceTests {
    @Test("After every patch the tree is what nested dictionaries say", arguments: 0..<12 as Range<UInt64>)
    func againstModel(_ seed: UInt64) {
        var patches = RandomPatches(seed: seed)
        var tree = Replica()
        var model = ModelTree()
        for _ in 0..<80 {
            let patch = patches.next()
            var code: Refusal.Code?
            do {
                _ = try tree.apply(patch)
            } catch {
                code = error.code
            }
            #expect(model.apply(patch) == code, "\(patch)")
            #expect(tree.json.sorted == model.json, "after \(patch)")
        }
        tree.expectWhole()
    }

    @Test("Reverting restores content, order, stamps and identities, step by step", arguments: 0..<16 as Range<UInt64>)
    func reverting(_ seed: UInt64) {
        var patches = RandomPatches(seed: seed)
        var tree = Replica()
        var history: [(change: Change, before: [Replica.Seen])] = []
        for _ in 0..<120 {
            if patches.below(4) == 0, let last = history.popLast() {
                tree.revert(last.change)
                #expect(tree.everything == last.before)
            } else {
                let before = tree.everything
                if let change = try? tree.apply(patches.next()) { history.append((change, before)) }
            }
        }
        tree.expectWhole()
        while let last = history.popLast() {
            tree.revert(last.change)
            #expect(tree.everything == last.before)
        }
        #expect(tree.nodeCount == 1)
        tree.expectWhole()
    }

    @Test("No identity is given twice, reverts or not", arguments: 0..<20 as Range<UInt64>)
    func identities(_ seed: UInt64) {
        var patches = RandomPatches(seed: seed)
        var tree = Replica()
        var changes: [Change] = []
        var given: Set<NodeID> = [tree.root]
        for _ in 0..<300 {
            if patches.below(3) == 0, let last = changes.popLast() {
                tree.revert(last)
            } else if let change = try? tree.apply(patches.next()) {
                changes.append(change)
                for case .added(let node) in change.effects { #expect(given.insert(node).inserted) }
            }
        }
        #expect(tree.subtree(of: tree.root).allSatisfy(given.contains))
    }

    @Test("A copy keeps its state, whatever becomes of the original")
    func copies() throws {
        var tree = try Replica(["a": ["b": ["x": 1]]])
        let copy = tree
        let before = copy.everything
        _ = try tree.apply(.by("", at: 1, .move(to: "tree/c"), "tree/a/b"))
        _ = try tree.apply(.by("", at: 1, .edit(["x": 2]), "tree/c"))
        _ = try tree.apply(.by("", at: 3, .delete, "tree/a"))
        #expect(copy.everything == before)
        copy.expectWhole()
    }
}
