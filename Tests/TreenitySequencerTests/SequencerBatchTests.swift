import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenitySequencer

/// 1,000,000 ms after 1970: the server's clock in these tests.
private let now = Timestamp(milliseconds: 1_000_000)

@Suite struct SequencerBatchTests {
    private var sequencer: Sequencer

    init() throws {
        sequencer = try .beforeSmallTree()
    }

    private mutating func admit(_ patches: Patch...) -> Verdict {
        sequencer.admit(batch: patches, id: nil, from: Sender(), now: now)
    }

    // MARK: Repeats

    @Test("A repeated id gets the first answer and is not applied again")
    mutating func repeats() {
        let patch = Patch(.add(1), "tree/x", timestamp: now, id: "c1")
        let sender = Sender(user: "ann", session: "s1")
        _ = sequencer.admit(patch, from: sender, now: now)
        _ = sequencer.admit(Patch(.edit(2), "tree/x"), from: sender, now: now)
        let again = sequencer.admit(patch, from: Sender(user: "ann", session: "s2"), now: now)
        guard case .repeated(Answer(seq: SequenceNumber(1), timestamp: now, superseded: [])) = again else {
            Issue.record("\(again)")
            return
        }
        #expect(sequencer.tree.json(at: "tree/x") == 2)
        let bob = sequencer.admit(Patch(.add(3), "tree/y", id: "c1"), from: Sender(user: "bob"), now: now)
        guard case .admitted = bob else {
            Issue.record("another user's id")
            return
        }
    }

    @Test("A refused patch is decided anew")
    mutating func refusedRepeat() {
        let patch = Patch(.edit(1), "tree/x", id: "c1")
        guard case .refused = sequencer.admit(patch, from: Sender(), now: now) else {
            Issue.record("admitted")
            return
        }
        _ = admit(Patch(.add(0), "tree/x"))
        guard case .admitted = sequencer.admit(patch, from: Sender(), now: now) else {
            Issue.record("refused")
            return
        }
    }

    // MARK: Batches

    @Test("A batch gets consecutive places, and its answer the last")
    mutating func batch() {
        _ = admit(Patch(.edit(1), "tree/r"))
        let verdict = admit(
            Patch(.add(.emptyObject), "tree/x"), Patch(.edit(.emptyObject), "tree/n"), Patch(.add(1), "tree/x/y"))
        guard case .admitted(let admissions, let answer) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(admissions.map(\.patch.seq?.value) == [2, 3])
        #expect(answer.seq == SequenceNumber(3))
    }

    @Test("A batch with one refused patch is refused as a whole and leaves no trace")
    mutating func atomicBatch() throws {
        let before = sequencer.content
        let verdict = sequencer.admit(
            batch: [
                Patch(.add(["y": 1]), "tree/x", id: "c1"), Patch(.delete, "tree/n"), Patch(.edit(7), "tree/r"),
                Patch(.move(to: "tree/x/m"), "tree/m"), Patch(.edit(1), "tree/n/p"), Patch(.edit(8), "tree/r"),
            ], id: "b1", from: Sender(), now: now)
        guard case .refused(let refusal) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(refusal.index == 4)
        #expect(refusal.code == .notFound)
        #expect(sequencer.content == before)
        #expect(sequencer.seq == .zero)
        guard case .admitted = sequencer.admit(Patch(.add(1), "tree/z", id: "c1"), from: Sender(), now: now) else {
            Issue.record("the id of a patch that was taken back is free")
            return
        }
    }

    @Test("A batch names what was superseded by the patch's place in it")
    mutating func supersededInBatch() {
        let late = Timestamp(milliseconds: 400)
        _ = admit(Patch(.edit(["p": 2]), "tree/n", timestamp: Timestamp(milliseconds: 500)))
        let verdict = admit(
            Patch(.edit(3), "tree/n/p", timestamp: late), Patch(.edit(["p": 3, "s": 1]), "tree/n", timestamp: late))
        guard case .admitted(let admissions, let answer) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(answer.superseded == ["0", "1/p"])
        #expect(admissions.count == 1)
    }

    @Test("A batch is recognised by its id, and patches in it by theirs")
    mutating func repeatedBatch() {
        let patches = [Patch(.add(1), "tree/x", id: "c1"), Patch(.add(1), "tree/y", id: "c2")]
        _ = sequencer.admit(patches[0], from: Sender(), now: now)
        _ = sequencer.admit(batch: patches, id: "b1", from: Sender(), now: now)
        #expect(sequencer.seq == SequenceNumber(2))
        guard case .repeated(let answer) = sequencer.admit(batch: patches, id: "b1", from: Sender(), now: now) else {
            Issue.record("not recognised")
            return
        }
        #expect(answer.seq == SequenceNumber(2))
    }

    @Test("The same patches give the same order, with no place left out")
    mutating func gapless() {
        var seen: [Int64?] = []
        for number in 0..<200 {
            let patch = Patch(.edit(.integer(number)), number % 3 == 0 ? "tree/none" : "tree/r")
            _ = sequencer.admit(patch, from: Sender(), now: now) { admission, _ in
                seen.append(admission.patch.seq?.value)
            }
        }
        #expect(seen == (1...133).map { Int64($0) })
    }
}
