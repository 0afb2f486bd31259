import Testing
import TreenityProtocol

@testable import TreenityStore

/// Edits that stay what they were meant to be, whatever the server does.
@Suite("Pending edits follow the server")
struct FollowingTests {
    private var client = OptimisticReplica()
    private let now = Timestamp(milliseconds: 1_000)

    init() {
        client.sessionBegan(welcome("e"))
        remote(1, .add(["n": ["p": 1, "text": "one two"], "m": [:]]), .root)
    }

    private func welcome(_ epoch: String) -> Welcome {
        Welcome(
            session: "s", user: "ann", epoch: epoch, seq: .zero, time: now, maximumMessageBytes: 1 << 20,
            maximumBatch: 100)
    }

    private func decided(
        _ seq: Int64, _ operation: Patch.Operation, _ path: TreePath, _ id: String? = nil, by user: String = "bob"
    ) -> Patch {
        Patch(
            operation, path, timestamp: Timestamp(milliseconds: 100 + seq), meta: ["user": .string(user)], id: id,
            seq: SequenceNumber(seq))
    }

    private mutating func remote(_ seq: Int64, _ operation: Patch.Operation, _ path: TreePath, _ id: String? = nil) {
        _ = client.receive([decided(seq, operation, path, id, by: id == nil ? "bob" : "ann")], now: now)
    }

    private func own(_ operation: Patch.Operation, _ path: TreePath, _ id: String) -> Patch {
        Patch(operation, path, timestamp: Timestamp(milliseconds: 500), meta: ["user": "ann"], id: id)
    }

    private mutating func edit(_ id: String, _ operation: Patch.Operation, _ path: TreePath) throws(Refusal) {
        try client.edit(own(operation, path, id), now: now)
    }

    private func text(_ steps: TextEdit.Step...) -> JSONValue { TextEdit(steps).json }

    private var shown: [Bool] { client.pending.map(\.isShown) }

    // MARK: The order

    @Test("An edit stands on the highest place that has come, in a session only")
    mutating func base() throws {
        remote(7, .edit(["p": 2]), "tree/n")
        try edit("1", .edit(["p": 3]), "tree/n")
        #expect(client.pending.flatMap(\.patches).map(\.patch.base) == [SequenceNumber(7)])
        client.sessionBegan(nil)
        try edit("2", .edit(["p": 4]), "tree/n")
        #expect(client.pending.flatMap(\.patches).map(\.patch.base) == [nil, nil])
    }

    @Test("A patch that comes again does nothing")
    mutating func repeated() throws {
        let first = decided(2, .edit(["p": 2]), "tree/n")
        let second = decided(3, .edit(["p": 3]), "tree/n")
        #expect(client.receive([first, second, first], now: now).count == 2)
        try edit("1", .edit(["p": 4]), "tree/n")
        #expect(client.receive([first, second], now: now).isEmpty)
        #expect(client.tree.json(at: "tree/n/p") == 4)
        #expect(client.applied == SequenceNumber(3))
    }

    @Test("An answer ahead of the patches lets the edit stay until they come, or others of that place do")
    mutating func answerFirst() throws {
        try edit("1", .edit(["p": 2]), "tree/n")
        client.acknowledged("1", at: SequenceNumber(5))
        #expect(client.tree.json(at: "tree/n/p") == 2)
        #expect(client.unanswered.isEmpty && client.pending.count == 1)
        var later = client
        later.reached(SequenceNumber(5))
        #expect(later.pending.isEmpty && later.tree.json(at: "tree/n/p") == 1)
        remote(5, .edit(["p": 2]), "tree/n", "1")
        #expect(client.pending.isEmpty && client.tree.json(at: "tree/n/p") == 2)
        #expect(client.acknowledged("1", at: SequenceNumber(5)) == nil)
    }

    @Test("Another user's patch with the same id is another")
    mutating func foreignID() throws {
        try edit("1", .edit(["p": 2]), "tree/n")
        _ = client.receive([decided(2, .edit(["q": 2]), "tree/m", "1", by: "bob")], now: now)
        #expect(client.pending.count == 1)
    }

    // MARK: Refusals

    @Test("A refusal names what stood on the refused edit, which waits for its own answer")
    mutating func refused() throws {
        try edit("1", .add([:]), "tree/n/k")
        try edit("2", .edit(["x": 1]), "tree/n/k")
        try edit("3", .edit(["p": 5]), "tree/n")
        let refused = client.refused("1")
        #expect(refused?.edit.id == "1")
        #expect(refused?.blocked.map(\.id) == ["2"])
        #expect(shown == [false, true])
        #expect(client.refused("1") == nil)
        remote(2, .add([:]), "tree/n/k")
        #expect(shown == [true, true])
        client.tree.expectWhole()
    }

    // MARK: Moves

    @Test("What is edited is edited where others move it, and sent as it was made")
    mutating func moved() throws {
        try edit("1", .edit(["p": 2]), "tree/n")
        try edit("2", .add(["x": 1]), "tree/n/new")
        remote(2, .move(to: "tree/m/n2"), "tree/n")
        #expect(client.tree.json == ["m": ["n2": ["p": 2, "text": "one two", "new": ["x": 1]]]])
        #expect(client.pending.flatMap(\.patches).map(\.patch.path) == ["tree/n", "tree/n/new"])
        #expect(client.pending.flatMap(\.patches).map(\.patch.base) == [SequenceNumber(1), SequenceNumber(1)])
    }

    @Test("The old address of one's own move is not used before the answer")
    mutating func oldAddress() throws {
        try edit("1", .move(to: "tree/k"), "tree/n")
        #expect(throws: Refusal.self) { try edit("2", .add([:]), "tree/n") }
        #expect(throws: Refusal.self) { try edit("2", .move(to: "tree/n/m"), "tree/m") }
        remote(2, .move(to: "tree/k"), "tree/n", "1")
        try edit("2", .add([:]), "tree/n")
    }

    // MARK: Texts

    @Test("A text edit is shown in the text that others' edits leave")
    mutating func text() throws {
        try edit("1", .edit(["text": text(.keep(7), .insert("!"))]), "tree/n")
        remote(2, .edit(text(.insert("zero "))), "tree/n/text")
        #expect(client.tree.json(at: "tree/n/text") == "zero one two!")
        remote(3, .move(to: "tree/m/words"), "tree/n/text")
        remote(4, .edit(["words": text(.delete(5))]), "tree/m")
        #expect(client.tree.json(at: "tree/m") == ["words": "one two!"])
    }

    @Test("A text edit of a text that was replaced is not shown")
    mutating func replacedText() throws {
        try edit("1", .edit(text(.insert("!"))), "tree/n/text")
        remote(2, .edit(["text": "other"]), "tree/n")
        #expect(client.tree.json(at: "tree/n/text") == "other")
        #expect(shown == [false])
    }

    @Test("A text has one edit without an answer")
    mutating func oneTextEdit() throws {
        try edit("1", .edit(text(.insert("!"))), "tree/n/text")
        #expect(throws: Refusal.self) { try edit("2", .edit(text(.insert("?"))), "tree/n/text") }
        remote(2, .edit(text(.insert("!"))), "tree/n/text", "1")
        try edit("2", .edit(text(.insert("?"))), "tree/n/text")
        #expect(client.tree.json(at: "tree/n/text") == "?!one two")
    }

    // MARK: Batches

    @Test("A batch is shown wholly or not at all, confirmed at once, and refused as one")
    mutating func batch() throws {
        let patches = [own(.add([:]), "tree/n/k", "a"), own(.add(["x": 1]), "tree/n/k/l", "b")]
        try client.edit(batch: patches, id: "1", now: now)
        let node = client.tree.node(at: "tree/n/k/l")
        var other = client
        #expect(other.refused("1")?.edit.patches.count == 2)
        #expect(other.tree.json(at: "tree/n/k") == nil)
        other.tree.expectWhole()
        let confirmed = [
            decided(2, .add([:]), "tree/n/k", "a", by: "ann"), decided(3, .add(["x": 1]), "tree/n/k/l", "b", by: "ann"),
        ]
        _ = client.receive(confirmed, now: now)
        #expect(client.pending.isEmpty && client.tree.node(at: "tree/n/k/l") == node)
        #expect(client.acknowledged("1", at: SequenceNumber(3))?.id == "1")
        #expect(client.acknowledged("1", at: SequenceNumber(3)) == nil)
        client.tree.expectWhole()
    }

    @Test("A batch of which a part no longer fits is not shown at all")
    mutating func partOfBatch() throws {
        let patches = [own(.edit(["p": 2]), "tree/n", "a"), own(.add(["x": 1]), "tree/k", "b")]
        try client.edit(batch: patches, id: "1", now: now)
        remote(2, .add([:]), "tree/k")
        #expect(shown == [false])
        #expect(client.tree.json(at: "tree/n/p") == 1)
        #expect(throws: Refusal.self) { try client.edit(batch: [patches[0], patches[1]], id: "2", now: now) }
        remote(3, .delete, "tree/k")
        #expect(shown == [true])
    }

    // MARK: Snapshots and epochs

    @Test("Under another epoch edits stay without their base, and those of texts are lost")
    mutating func otherEpoch() throws {
        try edit("1", .edit(["p": 2]), "tree/n")
        try edit("2", .edit(text(.insert("!"))), "tree/n/text")
        remote(2, .move(to: "tree/k"), "tree/n")
        #expect(client.sessionBegan(welcome("e")).isEmpty)
        #expect(client.sessionBegan(welcome("f")).map(\.id) == ["2"])
        let patches = client.unanswered.flatMap(\.patches).map(\.patch)
        #expect(patches.map(\.path) == ["tree/k"] && patches.map(\.base) == [nil])
        #expect(client.applied == nil)
    }

    @Test("After a snapshot of a later tree text edits wait unseen")
    mutating func snapshot() throws {
        try edit("1", .edit(["p": 2]), "tree/n")
        try edit("2", .edit(text(.insert("!"))), "tree/n/text")
        let nodes = [TreePath.root, "tree/n"].map {
            Snapshot.Node(path: $0, properties: ["text": "later"], children: 0, timestamp: nil)
        }
        _ = client.receive(Snapshot(id: "s", path: .root, seq: SequenceNumber(9), nodes: nodes, more: false))
        #expect(client.tree.json(at: "tree/n") == ["text": "later", "p": 2])
        #expect(shown == [true, false])
        remote(8, .delete, "tree/n")
        #expect(client.applied == SequenceNumber(9) && client.tree.json(at: "tree/n/p") == 2)
    }

    @Test("After a broken snapshot there is nothing to go on from")
    mutating func brokenSnapshot() throws {
        let node = Snapshot.Node(path: .root, properties: [:], children: 1, timestamp: nil)
        _ = client.receive(Snapshot(id: "s", path: .root, seq: SequenceNumber(9), nodes: [node], more: true))
        client.connectionLost()
        #expect(client.applied == nil)
        #expect(throws: Refusal.self) { try edit("1", .edit(text(.insert("!"))), "tree/n/text") }
    }
}
