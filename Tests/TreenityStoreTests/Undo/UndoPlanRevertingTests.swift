import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityStore

@Suite("Taking back a change of any time")
struct UndoPlanRevertingTests {
    @Test("The latest change is taken back wholly, whatever it was", arguments: Fuzz.seeds(60))
    func latest(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var tree = Replica()
        for _ in 0..<60 {
            let before = tree.json(of: tree.root).inOrder
            guard let change = try? tree.apply(patches.next(by: "ann")) else { continue }
            let plan = tree.plan(reverting: change)
            #expect(plan.disturbances == [])
            var copy = tree
            for patch in plan.patches { _ = try copy.apply(patch.later(than: copy)) }
            #expect(copy.json(of: copy.root).inOrder == before, "after \(change.patch)")
        }
    }

    @Test("Of an earlier change, what is left can be sent without being refused", arguments: Fuzz.seeds(40))
    func earlier(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var tree = Replica()
        var changes: [Change] = []
        for _ in 0..<100 {
            if let change = try? tree.apply(patches.next(by: "ann")) { changes.append(change) }
        }
        for change in changes {
            var copy = tree
            for patch in tree.plan(reverting: change).patches {
                _ = try copy.apply(patch.later(than: copy))
            }
        }
    }

    @Test("What others did since is said, and what is gone")
    func disturbances() throws {
        var tree = try Replica(["a": ["p": 1, "q": 2], "b": ["p": 1]])
        let first = try tree.apply(.by("ann", at: 1, .edit(["p": 2, "q": 3]), "tree/a"))
        let second = try tree.apply(.by("ann", at: 2, .edit(["p": 2]), "tree/b"))
        _ = try tree.apply(.by("bob", at: 3, .edit(["q": 4]), "tree/a"))
        _ = try tree.apply(.by("bob", at: 4, .move(to: "tree/c"), "tree/a"))
        _ = try tree.apply(.by("bob", at: 5, .delete, "tree/b"))
        let plan = tree.plan(reverting: first)
        #expect(plan.patches.map(\.path) == ["tree/c"], "it is found where it is now")
        let stamp = Stamp(timestamp: Timestamp(milliseconds: 3), sender: "bob")
        #expect(plan.disturbances == [UndoPlan.Disturbance(path: "tree/c/q", kind: .changed(stamp))])
        #expect(tree.plan(reverting: second).patches == [])
        #expect(tree.plan(reverting: second).disturbances == [UndoPlan.Disturbance(path: "tree/b", kind: .gone)])
    }

    @Test("A burst is taken back to what was before its first change")
    func burst() throws {
        var tree = try Replica(["a": ["p": 1]])
        let first = try tree.apply(.by("ann", at: 1, .edit(["p": 2]), "tree/a"))
        let last = try tree.apply(.by("ann", at: 2, .edit(["p": 3]), "tree/a"))
        #expect(tree.plan(reverting: last, since: first).patches == [Patch(.edit(["p": 1]), "tree/a")])
        #expect(tree.plan(reverting: last, since: first).disturbances == [])
    }
}

extension Patch {
    fileprivate func later(than tree: Replica) -> Patch {
        var patch = self
        patch.timestamp = Timestamp(milliseconds: tree.newest.milliseconds + 1)
        return patch
    }
}

extension JSONValue {
    /// With the members of all objects in the order of their keys.
    fileprivate var inOrder: JSONValue {
        guard let members else { return self }
        return .object(
            members.map { Member(key: $0.key, value: $0.value.inOrder) }.sorted {
                $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
            })
    }
}
