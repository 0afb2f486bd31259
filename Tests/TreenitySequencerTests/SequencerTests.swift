import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenitySequencer

/// 1,000,000 ms after 1970: the server's clock in these tests.
private let now = Timestamp(milliseconds: 1_000_000)

@Suite struct SequencerTests {
    private var sequencer: Sequencer

    init() throws {
        sequencer = try .beforeSmallTree()
    }

    private mutating func admit(_ patches: Patch...) -> Verdict {
        sequencer.admit(batch: patches, id: nil, from: Sender(), now: now)
    }

    // MARK: The table of operations

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let patch: Patch
        let path: TreePath
        let result: JSONValue?

        init(_ patch: Patch, _ path: TreePath, _ result: JSONValue?) {
            testDescription = "\(patch.operation) \(patch.path)"
            self.patch = patch
            self.path = path
            self.result = result
        }
    }

    @Test(
        "Each operation has its effect and the next place in the order",
        arguments: [
            Case(Patch(.add(["x": 1]), "tree/new"), "tree/new", ["x": 1]),
            Case(Patch(.add(.emptyObject), "tree/a/b/c"), "tree/a", ["b": ["c": .emptyObject]]),
            Case(Patch(.add(5), "tree/n/new"), "tree/n/new", 5),
            Case(Patch(.add(5), "tree/n/p"), "tree/n/p", 5),
            Case(Patch(.add(5), "tree/x/y"), "tree/x", ["y": 5]),
            Case(Patch(.edit(["p": 2, "c": ["q": 3]]), "tree/n"), "tree/n", ["p": 2, "c": ["q": 3]]),
            Case(Patch(.edit(["new": ["x": 1]]), "tree/m"), "tree/m", ["new": ["x": 1]]),
            Case(Patch(.edit(2), "tree/n/p"), "tree/n/p", 2),
            Case(Patch(.edit(["s": 1]), .root), "tree/s", 1),
            Case(Patch(.delete, "tree/n"), "tree/n", nil),
            Case(Patch(.delete, "tree/n/p"), "tree/n", ["c": ["q": "text"]]),
            Case(Patch(.move(to: "tree/m/n"), "tree/n"), "tree/m", ["n": ["p": 1, "c": ["q": "text"]]]),
            Case(Patch(.move(to: "tree/x/y"), "tree/n/c"), "tree/x", ["y": ["q": "text"]]),
            Case(Patch(.move(to: "tree/m/p"), "tree/n/p"), "tree/m", ["p": 1]),
            Case(
                Patch(.edit(["q": TextEdit([.keep(4), .insert("!")]).json]), "tree/n/c", base: .zero),
                "tree/n/c/q", "text!"),
        ])
    mutating func effects(_ one: Case) throws {
        let verdict = sequencer.admit(one.patch, from: Sender(user: "ann", session: "s"), now: now)
        guard case .admitted(let admissions, let answer) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(sequencer.tree.json(at: one.path) == one.result)
        #expect(answer == Answer(seq: SequenceNumber(1), timestamp: now))
        let patch = try #require(admissions.first?.patch)
        #expect(patch.seq == SequenceNumber(1))
        #expect(patch.timestamp == now)
        #expect(patch.meta == ["user": "ann", "session": "s"])
        #expect(patch.operation == one.patch.operation)
    }

    @Test(
        "Each refusal of the table leaves tree and order as they were",
        arguments: [
            (Patch(.add(.emptyObject), "tree/n"), .exists),
            (Patch(.add(1), "tree/n"), .exists),
            (Patch(.add(.emptyObject), .root), .exists),
            (Patch(.add(.emptyObject), "tree/r"), .typeMismatch),
            (Patch(.add(1), "tree/r/x"), .typeMismatch),
            (Patch(.edit(.emptyObject), "tree/x"), .notFound),
            (Patch(.edit(1), "tree/r/x"), .notFound),
            (Patch(.edit(1), "tree/n"), .typeMismatch),
            (Patch(.edit(.emptyObject), "tree/r"), .typeMismatch),
            (Patch(.edit(["p": 5, "c": 1]), "tree/n"), .typeMismatch),
            (Patch(.edit(["p": 5, "new": 1, "c": ["q": .emptyObject]]), "tree/n"), .typeMismatch),
            (Patch(.delete, .root), .forbidden),
            (Patch(.delete, "tree/x"), .notFound),
            (Patch(.delete, "tree/r/x"), .notFound),
            (Patch(.move(to: "tree/x"), .root), .forbidden),
            (Patch(.move(to: "tree/x"), "tree/y"), .notFound),
            (Patch(.move(to: "tree/m"), "tree/n"), .exists),
            (Patch(.move(to: "tree/n"), "tree/n"), .exists),
            (Patch(.move(to: "tree/r"), "tree/n"), .exists),
            (Patch(.move(to: "tree/n/x"), "tree/n"), .cycle),
            (Patch(.move(to: "tree/r/x"), "tree/n"), .typeMismatch),
        ] as [(Patch, Refusal.Code)])
    mutating func refusals(patch: Patch, code: Refusal.Code) {
        let before = sequencer.content
        guard case .refused(let refusal) = sequencer.admit(patch, from: Sender(), now: now) else {
            Issue.record("admitted")
            return
        }
        #expect(refusal.code == code)
        #expect(refusal.path != nil)
        #expect(sequencer.content == before)
        #expect(sequencer.seq == .zero)
    }

    @Test(
        "Of several reasons the first in the order forbidden, not-found, cycle, exists, type-mismatch is told",
        arguments: [
            (Patch(.move(to: "tree/n/x"), .root), .forbidden),
            (Patch(.move(to: "tree/x/y"), "tree/x"), .notFound),
            (Patch(.move(to: "tree/m"), "tree/x"), .notFound),
            (Patch(.move(to: "tree/r/y"), "tree/x"), .notFound),
            (Patch(.move(to: "tree/n/c"), "tree/n"), .cycle),
            (Patch(.move(to: "tree/n/p/x"), "tree/n"), .cycle),
        ] as [(Patch, Refusal.Code)])
    mutating func order(patch: Patch, code: Refusal.Code) {
        guard case .refused(let refusal) = admit(patch) else {
            Issue.record("admitted")
            return
        }
        #expect(refusal.code == code)
        #expect(refusal.index == 0)
    }

    // MARK: Time and senders

    @Test("Older leaves are dropped and named, the rest goes on")
    mutating func superseded() throws {
        _ = admit(Patch(.edit(["p": 2, "c": ["q": 2]]), "tree/n", timestamp: Timestamp(milliseconds: 500)))
        let late = Patch(.edit(["p": 3, "c": ["q": 3, "s": 3]]), "tree/n", timestamp: Timestamp(milliseconds: 400))
        guard case .admitted(let admissions, let answer) = sequencer.admit(late, from: Sender(), now: now) else {
            Issue.record("not admitted")
            return
        }
        #expect(answer.superseded == ["p", "c/q"])
        #expect(admissions.first?.patch.operation == .edit(["c": ["s": 3]]))
        #expect(sequencer.tree.json(at: "tree/n") == ["p": 2, "c": ["q": 2, "s": 3]])
    }

    @Test("A patch of which nothing takes effect is answered with the current place and takes none")
    mutating func nothing() {
        _ = admit(Patch(.edit(2), "tree/n/p", timestamp: Timestamp(milliseconds: 500)))
        for (patch, names) in [
            (Patch(.edit(3), "tree/n/p", timestamp: Timestamp(milliseconds: 400)), [""]),
            (Patch(.edit(["p": 3]), "tree/n", timestamp: Timestamp(milliseconds: 400)), ["p"]),
            (Patch(.edit(.emptyObject), "tree/n"), []),
        ] {
            guard case .nothing(let answer) = sequencer.admit(patch, from: Sender(), now: now) else {
                Issue.record("\(patch)")
                continue
            }
            #expect(answer.seq == SequenceNumber(1))
            #expect(answer.superseded == names)
        }
    }

    @Test("A write that is older than the deletion of its path is superseded, and takes no place in the order")
    mutating func deleted() {
        sequencer.take(Patch(.delete, "tree/n", timestamp: Timestamp(milliseconds: 500)))
        for patch in [
            Patch(.add(["p": 3]), "tree/n", timestamp: Timestamp(milliseconds: 400)),
            Patch(.add(["p": 3]), "tree/n/x", timestamp: Timestamp(milliseconds: 499)),
            Patch(.edit(["n": ["p": 3]]), .root, timestamp: Timestamp(milliseconds: 400)),
        ] {
            #expect(sequencer.take(patch).hasPrefix("nothing #1 superseded"), "\(patch)")
        }
        #expect(
            sequencer.take(Patch(.edit(["n": ["p": 3], "r": 5]), .root, timestamp: Timestamp(milliseconds: 400)))
                == "EDIT tree {\"r\":5} #2 superseded [\"n/p\"]")
        #expect(
            sequencer.take(Patch(.add(["p": 3]), "tree/n", timestamp: Timestamp(milliseconds: 600))).hasSuffix("#3"))
    }

    @Test("A move takes the stamps of what was deleted below it along, and clears the one at its target")
    mutating func movedDeletions() {
        let (early, late) = (Timestamp(milliseconds: 400), Timestamp(milliseconds: 500))
        sequencer.take(
            Patch(.delete, "tree/n/c", timestamp: late), Patch(.delete, "tree/m", timestamp: late),
            Patch(.move(to: "tree/m"), "tree/n", timestamp: late))
        #expect(
            sequencer.take(Patch(.edit(["c": ["q": 1], "new": 2]), "tree/m", timestamp: early))
                == "EDIT tree/m {\"new\":2} #4 superseded [\"c/q\"]")
        #expect(sequencer.take(Patch(.add(["c": ["q": 1]]), "tree/n", timestamp: early)).hasSuffix("#5"))
    }

    @Test("A late deletion is refused where something below is newer")
    mutating func lateDelete() {
        _ = admit(Patch(.edit(2), "tree/n/c/q", timestamp: Timestamp(milliseconds: 500)))
        for path in ["tree/n", "tree/n/c", "tree/n/c/q"] as [TreePath] {
            let delete = Patch(.delete, path, timestamp: Timestamp(milliseconds: 400))
            guard case .refused(let refusal) = sequencer.admit(delete, from: Sender(), now: now) else {
                Issue.record("\(path)")
                continue
            }
            #expect(refusal.code == .superseded)
        }
    }

    @Test(
        "A timestamp far ahead of the server's clock is set to it",
        arguments: [
            (nil, 1_000_000), (1_060_000, 1_060_000), (1_060_001, 1_000_000), (Int64.max, 1_000_000), (5, 5),
            (Int64.min, Int64.min),
        ] as [(Int64?, Int64)])
    mutating func clamp(claimed: Int64?, given: Int64) throws {
        let patch = Patch(.add(1), "tree/x", timestamp: claimed.map(Timestamp.init(milliseconds:)))
        guard case .admitted(let admissions, let answer) = sequencer.admit(patch, from: Sender(), now: now) else {
            Issue.record("not admitted")
            return
        }
        #expect(answer.timestamp.milliseconds == given)
        #expect(admissions.first?.patch.timestamp?.milliseconds == given)
    }

    @Test(
        "The sender is the known user, else the claimed one, else local",
        arguments: [
            (Sender(), nil, #"{"user":"local"}"#),
            (Sender(), #"{"user":"ann","tag":1}"#, #"{"user":"ann","tag":1}"#),
            (Sender(), #"{"user":5,"session":"forged"}"#, #"{"user":"local"}"#),
            (Sender(session: "s"), #"{"session":"forged"}"#, #"{"session":"s","user":"local"}"#),
            (Sender(session: "s"), #"{"user":"ann","tag":1}"#, #"{"user":"ann","tag":1,"session":"s"}"#),
            (Sender(user: "bob", session: "s"), #"{"user":"ann"}"#, #"{"user":"bob","session":"s"}"#),
            // Of the same letters in other bytes.
            (
                Sender(user: "\u{E9}", session: "s"), "{\"user\":\"e\u{301}\"}",
                "{\"user\":\"\u{E9}\",\"session\":\"s\"}"
            ),
        ] as [(Sender, String?, String)])
    mutating func senders(sender: Sender, claimed: String?, written: String) throws {
        let meta = try claimed.map { try JSONValue(parsing: $0) }
        let verdict = sequencer.admit(Patch(.add(1), "tree/x", meta: meta), from: sender, now: now)
        guard case .admitted(let admissions, _) = verdict else {
            Issue.record("not admitted")
            return
        }
        #expect(admissions.first?.patch.meta?.text.utf8.elementsEqual(written.utf8) == true)
    }

    @Test("What moves keeps an address that can be written")
    mutating func depth() {
        let names = Array(repeating: Name("a"), count: 124)
        let deep = TreePath.root.appending(names)
        for (target, fits) in [(deep, true), (deep.appending("x"), true), (deep.appending("x").appending("y"), false)] {
            var copy = sequencer
            let verdict = copy.admit(Patch(.move(to: target), "tree/n"), from: Sender(), now: now)
            switch verdict {
            case .admitted: #expect(fits)
            case .refused(let refusal): #expect(!fits && refusal.code == .invalidPath)
            default: Issue.record("\(verdict)")
            }
        }
    }
}
