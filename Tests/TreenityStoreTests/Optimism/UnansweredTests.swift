import Testing
import TreenityProtocol

@testable import TreenityStore

/// The answer to an edit comes behind its patches, and may be lost with the connection.
@Suite("Edits whose patches came, and whose answers did not")
struct UnansweredTests {
    private var client = OptimisticReplica()
    private let now = Timestamp(milliseconds: 1_000)

    init() {
        client.sessionBegan(welcome("e"))
        receive(Patch(.add(["n": ["p": 1, "text": "one"]]), .root, seq: SequenceNumber(1)))
    }

    private func welcome(_ epoch: String) -> Welcome {
        Welcome(
            session: "s", user: "ann", epoch: epoch, seq: .zero, time: now, maximumMessageBytes: 1 << 20,
            maximumBatch: 100)
    }

    private func own(_ id: String, _ operation: Patch.Operation, _ path: TreePath) -> Patch {
        Patch(operation, path, timestamp: Timestamp(milliseconds: 500), meta: ["user": "ann"], id: id)
    }

    private mutating func edit(_ id: String, _ operation: Patch.Operation, _ path: TreePath) throws(Refusal) {
        try client.edit(own(id, operation, path), now: now)
    }

    private mutating func receive(_ patches: Patch...) {
        _ = client.receive(patches, now: now)
    }

    private mutating func decide(_ seq: Int64, _ id: String, _ operation: Patch.Operation, _ path: TreePath) {
        var patch = own(id, operation, path)
        patch.seq = SequenceNumber(seq)
        receive(patch)
    }

    private var waiting: [String] { client.unanswered.map(\.id) }

    @Test("They wait for their answer among the others, in the order in which they were made")
    mutating func order() throws {
        try edit("1", .edit(["p": 2]), "tree/n")
        try edit("2", .move(to: "tree/k"), "tree/n")
        try edit("3", .add([:]), "tree/m")
        decide(2, "2", .move(to: "tree/k"), "tree/n")
        #expect(waiting == ["1", "2", "3"])
        #expect(client.pending.map(\.id) == ["1", "3"])
        client.connectionLost()
        client.sessionBegan(welcome("e"))
        #expect(waiting == ["1", "2", "3"])
        #expect(client.acknowledged("2", at: SequenceNumber(2))?.id == "2")
        #expect(waiting == ["1", "3"])
        client.tree.expectWhole()
    }

    @Test("A patch that a snapshot held already is no answer either")
    mutating func repeated() throws {
        try edit("1", .edit(["p": 2]), "tree/n")
        let nodes = [
            Snapshot.Node(path: .root, properties: [:], children: 1, timestamp: nil),
            Snapshot.Node(path: "tree/n", properties: ["p": 2], children: 0, timestamp: nil),
        ]
        _ = client.receive(Snapshot(id: "s", path: .root, seq: SequenceNumber(2), nodes: nodes, more: false))
        decide(2, "1", .edit(["p": 2]), "tree/n")
        #expect(client.pending.isEmpty && waiting == ["1"])
        #expect(client.acknowledged("1", at: SequenceNumber(2))?.id == "1")
        #expect(waiting.isEmpty)
    }

    @Test("Where the answer came first, nothing is waited for")
    mutating func answerFirst() throws {
        try edit("1", .edit(["p": 2]), "tree/n")
        client.acknowledged("1", at: SequenceNumber(2))
        decide(2, "1", .edit(["p": 2]), "tree/n")
        #expect(waiting.isEmpty && client.acknowledgement(of: "1") == nil)
    }

    @Test("A refusal of what has come takes nothing back: the server has taken it")
    mutating func refused() throws {
        try edit("1", .edit(["p": 2]), "tree/n")
        #expect(client.acknowledgement(of: "1") == nil)
        decide(2, "1", .edit(["p": 2]), "tree/n")
        let answer = Acknowledgement(id: "1", seq: SequenceNumber(2), timestamp: Timestamp(milliseconds: 500))
        #expect(client.acknowledgement(of: "1") == answer)
        #expect(client.refused("1") == nil)
        #expect(client.tree.json(at: "tree/n/p") == 2)
    }

    @Test("Of a batch the answer is as far as the tree")
    mutating func batch() throws {
        let patches = [own("a", .edit(["p": 2]), "tree/n"), own("b", .add([:]), "tree/m")]
        try client.edit(batch: patches, id: "1", now: now)
        decide(2, "a", .edit(["p": 2]), "tree/n")
        decide(3, "b", .add([:]), "tree/m")
        #expect(waiting == ["1"])
        #expect(client.acknowledgement(of: "1")?.seq == SequenceNumber(3))
    }

    @Test("To another tree they go like all others, but for those of texts")
    mutating func otherEpoch() throws {
        try edit("1", .edit(["p": 2]), "tree/n")
        try edit("2", .edit(TextEdit([.insert("!")]).json), "tree/n/text")
        try edit("3", .add(["q": 1]), "tree/m")
        try edit("4", .add([:]), "tree/k")
        decide(2, "2", .edit(TextEdit([.insert("!")]).json), "tree/n/text")
        decide(3, "3", .add(["q": 1]), "tree/m")
        #expect(client.sessionBegan(welcome("f")).map(\.id) == ["2"])
        #expect(waiting == ["1", "3", "4"] && client.pending.map(\.id) == waiting)
        #expect(client.unanswered.flatMap(\.patches).map(\.patch.base) == [nil, nil, nil])
        let node = Snapshot.Node(path: .root, properties: [:], children: 0, timestamp: nil)
        _ = client.receive(Snapshot(id: "s", path: .root, seq: SequenceNumber(1), nodes: [node], more: false))
        #expect(client.tree.json == ["m": ["q": 1], "k": [:]])
        #expect(client.refused("3")?.edit.id == "3")
        #expect(client.tree.json == ["k": [:]])
        client.tree.expectWhole()
    }

    @Test("A server without sessions answers by the patch alone")
    mutating func bare() throws {
        client.sessionBegan(nil)
        try edit("1", .edit(["p": 2]), "tree/n")
        receive(own("1", .edit(["p": 2]), "tree/n"))
        #expect(client.pending.isEmpty && waiting.isEmpty)
    }
}
