import Testing
import TreenityProtocol

@testable import TreenityStore

@Suite("History of changes")
struct HistoryTests {
    /// A tree and its history after these patches; they get the numbers from 1 on, ten apart.
    private func run(_ patches: [Patch], maximumBytes: Int = 1 << 20) throws -> (tree: Replica, history: History) {
        var tree = Replica()
        var history = History(maximumBytes: maximumBytes)
        for (place, patch) in patches.enumerated() {
            var patch = patch
            patch.seq = SequenceNumber(Int64(place) * 10 + 1)
            history.append(try tree.apply(patch, .decided), at: Timestamp(milliseconds: Int64(place) * 1_000))
        }
        return (tree, history)
    }

    private func edits(_ count: Int) -> [Patch] {
        (0..<count).map { .by("ann", at: Int64($0), .add(.integer($0)), "tree/p") }
    }

    @Test("It knows its reach, and finds changes by position, number and time")
    func reach() throws {
        let (_, history) = try run(edits(5))
        #expect(history.count == 5)
        #expect(history.reach == History.Position(0)...History.Position(5))
        #expect(history.seqs == SequenceNumber(1)...SequenceNumber(41))
        #expect(history[History.Position(0)] == nil)
        #expect(history[History.Position(1)]?.change.patch.seq == SequenceNumber(1))
        #expect(history[History.Position(6)] == nil)
        let positions = [0, 1, 10, 11, 41, 99].map { history.position(after: SequenceNumber($0))?.number }
        #expect(positions == [0, 1, 1, 2, 5, 5])
        let moments = [-1, 0, 999, 1_000, 9_999].map { history.position(at: Timestamp(milliseconds: $0)).number }
        #expect(moments == [0, 1, 1, 2, 5])
        #expect(history.entries(after: History.Position(3)).map(\.position.number) == [4, 5])
    }

    @Test("What is over the bound is forgotten, oldest first, and counted")
    func bound() throws {
        let (_, history) = try run(edits(1_000), maximumBytes: 20_000)
        #expect(history.estimatedBytes <= 20_000)
        #expect(history.count > 20)
        #expect(history.count + history.forgottenCount == 1_000)
        #expect(history.start.number == history.forgottenCount)
        #expect(history.end.number == 1_000)
        #expect(history.forgottenSeq == SequenceNumber(Int64(history.forgottenCount) * 10 - 9))
        #expect(history.position(after: SequenceNumber(history.forgottenSeq.value - 1)) == nil)
        #expect(history.position(after: history.forgottenSeq) == history.start)
        #expect(history[history.start] == nil)
        #expect(history[history.start.next] != nil)
    }

    @Test("What a removed subtree held counts, and a change beyond the bound is forgotten at once")
    func largeRemoval() throws {
        let children = (0..<1_000).map {
            JSONValue.Member(key: "k\($0)", value: ["text": .string(.init(repeating: "x", count: 100))])
        }
        let add = Patch.by("ann", at: 1, .add(.object(children)), "tree/a")
        let delete = Patch.by("ann", at: 2, .delete, "tree/a")
        let (_, large) = try run([add, delete])
        #expect(large.estimatedBytes > 2 * 100_000)
        let (_, small) = try run([add, delete], maximumBytes: 50_000)
        #expect(small.count == 0)
        #expect(small.estimatedBytes == 0)
        #expect(small.reach == History.Position(2)...History.Position(2))
        #expect(small.seqs == nil)
    }

    @Test("Patches without numbers have positions too")
    func bare() throws {
        var tree = Replica()
        var history = History()
        for patch in edits(3) { history.append(try tree.apply(patch, .merge), at: Timestamp(milliseconds: 0)) }
        #expect(history.end.number == 3)
        #expect(history.seqs == nil)
    }

    @Test("The history of a node follows it through its moves back to its coming, newest first")
    func node() throws {
        let (tree, history) = try run([
            .by("bob", at: 1, .add(["x": 0]), "tree/b"), .by("ann", at: 2, .add(["n": ["x": 1]]), "tree/a"),
            .by("bob", at: 3, .edit(["n": ["x": 2]]), "tree/a"), .by("ann", at: 4, .move(to: "tree/b/m"), "tree/a/n"),
            .by("bob", at: 5, .edit(7), "tree/b/x"), .by("ann", at: 6, .edit(3), "tree/b/m/x"),
            .by("bob", at: 7, .move(to: "tree/c"), "tree/b"),
        ])
        let node = try #require(tree.node(at: "tree/c/m"))
        #expect(history.entries(of: node).map(\.position.number) == [6, 4, 3, 2])
        let replaced = history.entries(of: node).flatMap(\.change.effects).compactMap { effect -> JSONValue? in
            if case .property(let change) = effect { change.old?.value } else { nil }
        }
        #expect(replaced == [2, 1])
    }

    @Test("The history of a node that is gone ends with its removal")
    func removedNode() throws {
        var (tree, history) = try run([.by("ann", at: 1, .add(["n": ["x": 1]]), "tree/a")])
        let node = try #require(tree.node(at: "tree/a/n"))
        for patch in [Patch.by("bob", at: 2, .delete, "tree/a"), .by("bob", at: 3, .add(["n": [:]]), "tree/a")] {
            history.append(try tree.apply(patch, .decided), at: Timestamp(milliseconds: 0))
        }
        #expect(history.entries(of: node).map(\.position.number) == [2, 1])
    }

    @Test("After a snapshot nothing before can be had back, but it can be looked up")
    func cut() throws {
        var (tree, history) = try run(edits(3))
        history.cut()
        history.append(try tree.apply(.by("ann", at: 9, .edit(9), "tree/p"), .decided), at: Timestamp(milliseconds: 0))
        #expect(history.reach == History.Position(3)...History.Position(4))
        #expect(history.count == 4)
        #expect(history.entries(of: tree.root).map(\.position.number) == [4, 3, 2, 1])
    }
}
