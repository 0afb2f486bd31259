import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityStore

@Suite("Reverting")
struct RevertingTests {
    private struct Moment: Equatable {
        var seen: [Replica.Seen]
        var memory: Replica.Memory

        init(_ tree: Replica) {
            seen = tree.everything
            memory = tree.memory
        }
    }

    @Test(
        "Whatever the rule, step by step back all is as it was: stamps, order, deletions, moves that are remembered",
        arguments: Fuzz.seeds(30), [ApplyRule.admission, .decided, .merge])
    func allRules(_ seed: UInt64, _ rule: ApplyRule) {
        var patches = RandomPatches(seed: seed)
        var tree = Replica()
        var past: [(change: Change, before: Moment)] = []
        for _ in 0..<100 {
            if patches.below(5) == 0, let last = past.popLast() {
                tree.revert(last.change)
                #expect(Moment(tree) == last.before)
            } else {
                let before = Moment(tree)
                if let change = try? tree.apply(patches.late(by: ["ann", "bob", ""]), rule) {
                    past.append((change, before))
                } else {
                    #expect(Moment(tree) == before)
                }
            }
        }
        while let last = past.popLast() {
            tree.revert(last.change)
            #expect(Moment(tree) == last.before, "after \(last.change.patch)")
        }
        tree.expectWhole()
    }
}
