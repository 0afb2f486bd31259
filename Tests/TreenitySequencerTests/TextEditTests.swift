import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenitySequencer

/// The text at `tree/n/t`, "abc" at first, and what is done to it.
@Suite struct TextEditTests {
    private var sequencer: Sequencer

    init() throws {
        sequencer = try .before(#"{"n":{"t":"abc","s":"S","k":{"u":"U"}},"m":{}}"#)
    }

    private func text(at path: TreePath = "tree/n/t") -> String? { sequencer.tree.json(at: path)?.string }

    private let x = Patch.Operation.edit(["t": .text(.keep(1), .insert("x"))])
    private let y = Patch.Operation.edit(["t": .text(.keep(1), .insert("y"))])

    // MARK: Edits of one text

    @Test("Of concurrent inserts at one place the one that was admitted later goes right")
    mutating func order() {
        sequencer.take(.seeing(0, x, "tree/n"))
        #expect(
            sequencer.take(.seeing(0, y, "tree/n")) == "EDIT tree/n {\"t\":{\"$text\":[2,\"y\"]}} #2")
        #expect(text() == "axybc")
    }

    @Test("A text edit that its sender made of the newest text is sent on as it was written")
    mutating func unchanged() {
        sequencer.take(Patch(.edit("other"), "tree/n/s"))
        let edit = JSONValue.text(.keep(3), .insert("d"), .keep(0))
        #expect(sequencer.take(.seeing(0, .edit(edit), "tree/n/t")) == "EDIT tree/n/t {\"$text\":[3,\"d\"]} #2")
        #expect(text() == "abcd")
    }

    @Test("Edits of several texts, nested ones too, are each carried over those of the same text")
    mutating func several() {
        sequencer.take(
            .seeing(0, .edit(["n": ["t": .text(.insert("1")), "k": ["u": .text(.insert("23"))]]]), .root),
            .seeing(0, .edit(.text(.insert("-"))), "tree/n/s"))
        let edit: JSONValue = [
            "t": .text(.delete(1)), "s": .text(.delete(1)), "k": ["u": .text(.delete(1)), "new": 5],
        ]
        #expect(
            sequencer.take(.seeing(0, .edit(edit), "tree/n"))
                == "EDIT tree/n {\"t\":{\"$text\":[1,{\"d\":1}]},\"s\":{\"$text\":[1,{\"d\":1}]},"
                + "\"k\":{\"u\":{\"$text\":[2,{\"d\":1}]},\"new\":5}} #3")
        #expect(text() == "1bc")
    }

    @Test("What others have done already is not done again, and takes no place in the order where nothing is left")
    mutating func nothing() {
        let delete = Patch.Operation.edit(["t": .text(.delete(1))])
        sequencer.take(.seeing(0, delete, "tree/n"))
        #expect(sequencer.take(.seeing(0, delete, "tree/n")) == "nothing #1")
        #expect(sequencer.take(.seeing(0, .edit(.text(.delete(1))), "tree/n/t")) == "nothing #1")
        #expect(sequencer.take(.seeing(1, .edit(.text()), "tree/n/t")) == "nothing #1")
        #expect(
            sequencer.take(.seeing(0, .edit(["t": .text(.delete(1)), "new": 1]), "tree/n"))
                == "EDIT tree/n {\"new\":1} #2")
        #expect(text() == "bc")
    }

    @Test("A text edit is never superseded, and leaves the later of both stamps")
    mutating func old() throws {
        sequencer.take(Patch(.edit("new"), "tree/n/t", timestamp: Timestamp(milliseconds: 500)))
        let old = Patch.seeing(1, .edit(["t": .text(.insert("!")), "s": 1]), "tree/n", at: 400)
        #expect(sequencer.take(old).hasPrefix("EDIT tree/n {\"t\":{\"$text\":[\"!\"]},\"s\":1} #2"))
        let node = try #require(sequencer.tree.node(at: "tree/n"))
        #expect(sequencer.tree.property("t", of: node)?.stamp.timestamp == Timestamp(milliseconds: 500))
    }

    @Test(
        "What is no text edit in its place is refused",
        arguments: [
            (Patch(.edit(["t": .text(.insert("x"))]), "tree/n"), "invalid-patch"),
            (.seeing(0, .edit(["t": ["$text": 5]]), "tree/n"), "invalid-patch"),
            (.seeing(0, .edit(["t": ["$text": [], "more": 1]]), "tree/n"), "invalid-patch"),
            (.seeing(0, .edit(["none": .text(.insert("x"))]), "tree/n"), "stale"),
            (.seeing(0, .edit(["none": ["u": .text(.insert("x"))]]), "tree/n"), "stale"),
            (.seeing(0, .edit(["k": .text(.insert("x"))]), "tree/n"), "type-mismatch"),
            (.seeing(0, .edit(.text(.insert("x"))), "tree/n"), "type-mismatch"),
            (.seeing(0, .edit(.text(.insert("x"))), "tree/none"), "not-found"),
            (.seeing(0, .edit(["t": .text(.keep(4), .insert("x"))]), "tree/n"), "stale"),
        ] as [(Patch, String)])
    mutating func refused(patch: Patch, code: String) {
        #expect(sequencer.take(patch) == code)
        #expect(text() == "abc")
    }

    // MARK: Texts that move

    @Test(
        "A text is the same one wherever it moved, itself or with its node",
        arguments: [[], [.seeing(0, .edit(.text(.insert("-"))), "tree/n/t")]] as [[Patch]])
    mutating func moved(before: [Patch]) {
        for patch in before { sequencer.take(patch) }
        sequencer.take(
            Patch(.move(to: "tree/m/v"), "tree/n/t"), .seeing(0, x, "tree/n"), Patch(.move(to: "tree/o"), "tree/m"),
            Patch(.move(to: "tree/w"), "tree/o/v"), Patch(.add("another"), "tree/n/t"))
        #expect(sequencer.take(.seeing(0, y, "tree/n")).hasPrefix("EDIT tree {\"w\":{\"$text\":["))
        #expect(text(at: "tree/w") == (before.isEmpty ? "axybc" : "-axybc"))
        #expect(text() == "another")
    }

    @Test("What takes the place of a text that moved is another text")
    mutating func another() {
        sequencer.take(
            .seeing(0, x, "tree/n"), Patch(.move(to: "tree/w"), "tree/n/t"), Patch(.move(to: "tree/n/t"), "tree/n/s"))
        #expect(sequencer.take(.seeing(3, .edit(.text(.insert("x"))), "tree/n/t")).hasSuffix("#4"))
        #expect(sequencer.take(.seeing(0, .edit(["s": .text(.insert("y"))]), "tree/n")).hasSuffix("#5"))
        #expect(text() == "xyS")
        #expect(text(at: "tree/w") == "axbc")
    }

    // MARK: Texts that are replaced

    @Test(
        "A text edit of a text that was replaced since is stale",
        arguments: [
            [Patch(.edit("abc"), "tree/n/t")],
            [Patch(.edit(["t": "abd"]), "tree/n")],
            [Patch(.add("abd"), "tree/n/t")],
            [Patch(.edit(5), "tree/n/t"), Patch(.edit("abc"), "tree/n/t")],
            [Patch(.delete, "tree/n/t"), Patch(.add("abc"), "tree/n/t")],
            [Patch(.delete, "tree/n"), Patch(.add(["t": "abc"]), "tree/n")],
            [Patch(.delete, "tree/n/t"), Patch(.move(to: "tree/n/t"), "tree/n/s"), Patch(.edit("x"), "tree/n/t")],
        ], [false, true])
    mutating func replaced(by patches: [Patch], afterEdit: Bool) {
        if afterEdit { sequencer.take(.seeing(0, x, "tree/n")) }
        for patch in patches { #expect(!sequencer.take(patch).hasPrefix("stale")) }
        let seq = sequencer.seq
        #expect(sequencer.take(.seeing(seq.value - 1, y, "tree/n")) == "stale")
        #expect(sequencer.take(.seeing(0, y, "tree/n")) == "stale")
        #expect(sequencer.take(.seeing(seq.value, y, "tree/n")).hasPrefix("EDIT"))
        #expect(sequencer.take(.seeing(seq.value, y, "tree/n")).hasPrefix("EDIT"))
        #expect(sequencer.take(.seeing(seq.value - 1, y, "tree/n")) == "stale")
    }

    @Test("A text is not replaced by what was superseded, refused, or done to others")
    mutating func untouched() {
        sequencer.take(
            Patch(.edit("new"), "tree/n/t", timestamp: Timestamp(milliseconds: 500)),
            Patch(.edit("old"), "tree/n/t", timestamp: Timestamp(milliseconds: 400)),
            Patch(.edit(["t": "old", "s": 1]), "tree/n", timestamp: Timestamp(milliseconds: 400)),
            Patch(.edit(["t": .emptyObject]), "tree/n"), Patch(.add("x"), "tree/n/other"), Patch(.delete, "tree/n/s"))
        #expect(sequencer.take(.seeing(1, x, "tree/n")) == "EDIT tree/n {\"t\":{\"$text\":[1,\"x\"]}} #5")
    }

    @Test("A text edit in a batch is carried over those before it")
    mutating func batch() {
        let verdict = sequencer.admit(
            batch: [.seeing(0, x, "tree/n"), .seeing(0, y, "tree/n")], id: nil, from: Sender(),
            now: Timestamp(milliseconds: 1))
        #expect(verdict.brief.hasSuffix("EDIT tree/n {\"t\":{\"$text\":[2,\"y\"]}} #2"))
    }
}
