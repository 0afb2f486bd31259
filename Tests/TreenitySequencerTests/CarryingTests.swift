import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenitySequencer

@Suite struct CarryingTests {
    private var sequencer: Sequencer

    init() throws {
        sequencer = try .beforeSmallTree()
    }

    @Test(
        "A patch with a base follows what moved since",
        arguments: [
            (Patch(.move(to: "tree/m/n"), "tree/n"), .edit(2), "tree/n/p", "EDIT tree/m/n/p 2 #2"),
            (Patch(.move(to: "tree/x"), "tree/n/p"), .edit(2), "tree/n/p", "EDIT tree/x 2 #2"),
            (Patch(.move(to: "tree/x"), "tree/n/p"), .delete, "tree/n/p", "DELETE tree/x #2"),
            (Patch(.move(to: "tree/x"), "tree/n"), .add(1), "tree/n/new/y", "ADD tree/x/new/y 1 #2"),
            (Patch(.move(to: "tree/x"), "tree/n"), .move(to: "tree/m/c"), "tree/n/c", "MOVE tree/x/c to tree/m/c #2"),
            (Patch(.move(to: "tree/x"), "tree/m"), .move(to: "tree/m/c"), "tree/n/c", "MOVE tree/n/c to tree/x/c #2"),
            (Patch(.move(to: "tree/x"), "tree/n"), .move(to: "tree/y"), "tree/n", "MOVE tree/x to tree/y #2"),
            (Patch(.move(to: "tree/m/n"), "tree/n"), .edit(5), "tree/r", "EDIT tree/r 5 #2"),
            (Patch(.move(to: "tree/x"), "tree/n"), .move(to: "tree/x"), "tree/n", "exists"),
            (Patch(.move(to: "tree/n/m"), "tree/m"), .move(to: "tree/m/n"), "tree/n", "cycle"),
        ] as [(Patch, Patch.Operation, TreePath, String)])
    mutating func paths(move: Patch, operation: Patch.Operation, path: TreePath, verdict: String) {
        #expect(sequencer.take(move, .seeing(0, operation, path)) == verdict)
    }

    @Test(
        "Members nested in an EDIT follow what moved since, from the address that both places have in common",
        arguments: [
            (Patch(.move(to: "tree/m/c"), "tree/n/c"), "EDIT tree {\"n\":{\"p\":2},\"m\":{\"c\":{\"q\":\"x\"}}} #2"),
            (Patch(.move(to: "tree/n/d"), "tree/n/c"), "EDIT tree/n {\"p\":2,\"d\":{\"q\":\"x\"}} #2"),
            (Patch(.move(to: "tree/n/q"), "tree/n/c/q"), "EDIT tree/n {\"p\":2,\"q\":\"x\"} #2"),
            (Patch(.move(to: "tree/m/p"), "tree/n/p"), "EDIT tree {\"n\":{\"c\":{\"q\":\"x\"}},\"m\":{\"p\":2}} #2"),
            (Patch(.move(to: "tree/x"), "tree/n"), "EDIT tree/x {\"p\":2,\"c\":{\"q\":\"x\"}} #2"),
        ] as [(Patch, String)])
    mutating func members(move: Patch, verdict: String) {
        #expect(sequencer.take(move, .seeing(0, .edit(["p": 2, "c": ["q": "x"]]), "tree/n")) == verdict)
    }

    @Test("What moved out of a node that is gone meanwhile does not bring the node back")
    mutating func leftBehind() {
        sequencer.take(Patch(.move(to: "tree/c"), "tree/n/c"), Patch(.delete, "tree/n"))
        #expect(sequencer.take(.seeing(0, .edit(["c": ["q": "x"]]), "tree/n")) == "EDIT tree {\"c\":{\"q\":\"x\"}} #3")
    }

    @Test("One move after the other is followed, also those of the sender")
    mutating func chain() {
        sequencer.take(
            Patch(.move(to: "tree/m/n"), "tree/n"), Patch(.move(to: "tree/x"), "tree/m/n/c"),
            Patch(.move(to: "tree/y"), "tree/x/q"))
        #expect(sequencer.take(.seeing(0, .edit(7), "tree/n/c/q")) == "EDIT tree/y 7 #4")
        #expect(sequencer.take(.seeing(1, .edit(8), "tree/m/n/c/q")) == "EDIT tree/y 8 #5")
        #expect(sequencer.take(.seeing(2, .edit(9), "tree/x/q")) == "EDIT tree/y 9 #6")
    }

    @Test("A move that the sender has seen is not followed, nor any by a patch without base")
    mutating func seen() {
        sequencer.take(Patch(.move(to: "tree/x"), "tree/n"), Patch(.add(["p": 5]), "tree/n"))
        #expect(sequencer.take(.seeing(1, .edit(6), "tree/n/p")) == "EDIT tree/n/p 6 #3")
        #expect(sequencer.take(Patch(.edit(7), "tree/n/p")) == "EDIT tree/n/p 7 #4")
        #expect(sequencer.take(.seeing(0, .edit(8), "tree/n/p")) == "EDIT tree/x/p 8 #5")
    }

    @Test("A patch that was carried is sent on as standing on the place before its own")
    mutating func newBase() throws {
        sequencer.take(Patch(.move(to: "tree/x"), "tree/n"), Patch(.edit(1), "tree/r"))
        let verdict = sequencer.admit(.seeing(0, .edit(8), "tree/n/p"), from: Sender(), now: Timestamp(milliseconds: 1))
        guard case .admitted(let admissions, _) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(admissions.map(\.patch.base) == [SequenceNumber(2)])
    }

    @Test("A base that is not reached yet is no base")
    mutating func future() {
        #expect(sequencer.take(.seeing(1, .edit(2), "tree/r")) == "invalid-patch")
        #expect(sequencer.take(.seeing(0, .edit(2), "tree/r")) == "EDIT tree/r 2 #1")
        #expect(sequencer.take(.seeing(.max, .edit(2), "tree/r")) == "invalid-patch")
    }

    @Test("What moved too deep for a patch makes it invalid")
    mutating func depth() {
        let deep = TreePath.root.appending(Array(repeating: Name("a"), count: 124))
        sequencer.take(Patch(.move(to: deep), "tree/n"))
        #expect(sequencer.take(.seeing(0, .add(1), "tree/n/x/y/z")).hasPrefix("ADD"))
        #expect(sequencer.take(.seeing(0, .add(1), "tree/n/x/y/z/0")) == "invalid-path")
        #expect(sequencer.take(.seeing(0, .add(["z": ["0": 1]]), "tree/n/v/w")) == "invalid-path")
        #expect(sequencer.take(.seeing(0, .move(to: "tree/n/x/y/u/0"), "tree/m")) == "invalid-path")
        #expect(sequencer.take(.seeing(0, .edit(["n": ["c": ["d": ["e": ["f": 1]]]]]), .root)) == "invalid-path")
    }

    @Test("Superseded leaves have the names that their sender gave them")
    mutating func supersededNames() {
        sequencer.take(
            Patch(.edit(["p": 2, "c": ["q": 2]]), "tree/n", timestamp: Timestamp(milliseconds: 500)),
            Patch(.move(to: "tree/a~1b"), "tree/n/c"), Patch(.move(to: "tree/m/s"), "tree/a~1b/q"))
        let late = Patch.seeing(1, .edit(["p": 3, "c": ["q": 3, "new": 3]]), "tree/n", at: 400)
        #expect(
            sequencer.take(late) == "EDIT tree {\"n\":{},\"a/b\":{\"new\":3},\"m\":{}} #4 superseded [\"p\", \"c/q\"]")
        let lost = Patch.seeing(1, .edit(["c": ["q": 3]]), "tree/n", at: 400)
        #expect(sequencer.take(lost) == "nothing #4 superseded [\"c/q\"]")
        #expect(sequencer.take(.seeing(1, .edit(3), "tree/n/c/q", at: 400)) == "nothing #4 superseded [\"\"]")
    }

    @Test("The patches of a batch are carried over those before them")
    mutating func batch() {
        let verdict = sequencer.admit(
            batch: [.seeing(0, .move(to: "tree/x"), "tree/n"), .seeing(0, .edit(2), "tree/n/p")], id: nil,
            from: Sender(), now: Timestamp(milliseconds: 1))
        #expect(verdict.brief == "MOVE tree/n to tree/x #1, EDIT tree/x/p 2 #2")
    }

    @Test("A base before moves that are forgotten is stale")
    func forgotten() throws {
        var bounds = MemoryBounds()
        bounds.moves = 2
        var sequencer = try Sequencer.before(#"{"a":{"p":1},"r":0}"#, bounds: bounds)
        sequencer.take(
            Patch(.move(to: "tree/b"), "tree/a"), Patch(.move(to: "tree/c"), "tree/b"),
            Patch(.move(to: "tree/d"), "tree/c"))
        #expect(sequencer.take(.seeing(0, .edit(2), "tree/r")) == "stale")
        #expect(sequencer.take(.seeing(1, .edit(2), "tree/b/p")) == "EDIT tree/d/p 2 #4")
    }

    @Test("A sequencer that goes on from a later place knows of no moves before it")
    func lateStart() throws {
        let small = try Sequencer.beforeSmallTree()
        var sequencer = Sequencer(tree: small.tree, epoch: "e", seq: SequenceNumber(7))
        #expect(sequencer.take(.seeing(6, .edit(2), "tree/r")) == "stale")
        #expect(sequencer.take(.seeing(7, .edit(2), "tree/r")) == "EDIT tree/r 2 #8")
    }

    @Test("A large value is not carried over many moves of its members")
    mutating func effort() {
        for _ in 0..<50 {
            sequencer.take(Patch(.move(to: "tree/k"), "tree/m"), Patch(.move(to: "tree/m"), "tree/k"))
        }
        let large = JSONValue.string(String(repeating: "x", count: 100_000))
        #expect(sequencer.take(.seeing(0, .edit(["m": ["large": large]]), .root)) == "stale")
        #expect(sequencer.take(.seeing(80, .edit(["m": ["large": 1]]), .root)).hasPrefix("EDIT"))
        #expect(sequencer.take(.seeing(0, .edit(["n": ["large": large]]), .root)).hasPrefix("EDIT"))
    }
}
