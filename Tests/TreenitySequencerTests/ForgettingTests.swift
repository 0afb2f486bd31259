import Testing
import TreenityProtocol
import TreenityStore
import TreenityTesting

@testable import TreenitySequencer

@Suite struct ForgettingTests {
    private let x = Patch.Operation.edit(.text(.insert("x")))

    private func sequencer(_ bound: (inout MemoryBounds) -> Void) throws -> Sequencer {
        var bounds = MemoryBounds()
        bound(&bounds)
        return try .before(#"{"t":"","u":"","r":0}"#, bounds: bounds)
    }

    @Test("The first edit of a text is stale where writes after its base are forgotten")
    func writes() throws {
        var sequencer = try sequencer { $0.writes = 2 }
        for number in 1...3 { sequencer.take(Patch(.edit(.integer(number)), "tree/r")) }
        #expect(sequencer.take(.seeing(0, x, "tree/t")) == "stale")
        #expect(sequencer.take(.seeing(1, x, "tree/t")).hasPrefix("EDIT"))
    }

    @Test("A text that has edits is known however much else is written")
    func longLived() throws {
        var sequencer = try sequencer { $0.writes = 2 }
        sequencer.take(.seeing(0, x, "tree/t"))
        for number in 1...30 { sequencer.take(Patch(.edit(.integer(number)), "tree/r")) }
        #expect(sequencer.take(.seeing(1, x, "tree/t")).hasPrefix("EDIT"))
        sequencer.take(Patch(.edit("new"), "tree/t"))
        for number in 1...30 { sequencer.take(Patch(.edit(.integer(number)), "tree/r")) }
        #expect(sequencer.take(.seeing(32, x, "tree/t")) == "stale")
    }

    @Test(
        "A text edit is stale where edits after its base are forgotten, by number or by bytes",
        arguments: [(2, 1_000_000), (1_000, 200)])
    func edits(count: Int, bytes: Int) throws {
        var sequencer = try sequencer {
            $0.textEdits = count
            $0.textEditBytes = bytes
        }
        for seq in 0..<4 { sequencer.take(.seeing(Int64(seq), x, seq == 1 ? "tree/u" : "tree/t")) }
        #expect(sequencer.take(.seeing(0, x, "tree/t")) == "stale")
        #expect(sequencer.take(.seeing(1, x, "tree/u")) == "stale")
        #expect(sequencer.take(.seeing(2, x, "tree/t")).hasPrefix("EDIT"))
        #expect(sequencer.take(.seeing(5, x, "tree/u")).hasPrefix("EDIT"))
    }

    @Test("What is forgotten of a text goes by its number, also where it moved or was replaced")
    func movedText() throws {
        var sequencer = try sequencer { $0.textEdits = 2 }
        sequencer.take(
            .seeing(0, x, "tree/t"), Patch(.move(to: "tree/v"), "tree/t"), .seeing(2, x, "tree/v"),
            .seeing(3, x, "tree/v"), Patch(.edit("new"), "tree/v"), .seeing(5, x, "tree/v"), .seeing(6, x, "tree/u"))
        #expect(sequencer.take(.seeing(0, x, "tree/t")) == "stale")
        #expect(sequencer.take(.seeing(5, x, "tree/v")).hasPrefix("EDIT"))
        #expect(sequencer.take(.seeing(5, x, "tree/v")) == "stale", "the edit of 6 is forgotten")
    }

    @Test("An edit of many steps is not carried over ever so many others")
    func effort() throws {
        var sequencer = try sequencer { _ in }
        for _ in 0..<300 { sequencer.take(.seeing(sequencer.seq.value, x, "tree/t")) }
        let steps = (0..<10_000).flatMap { _ in [TextEdit.Step.insert("y"), .delete(1)] }
        #expect(sequencer.take(.seeing(0, .edit(TextEdit(steps).json), "tree/t")) == "stale")
        #expect(sequencer.take(.seeing(0, x, "tree/t")).hasPrefix("EDIT"))
    }

    @Test(
        "A chronicle knows what happened after its horizon, whatever is forgotten and taken back",
        arguments: Fuzz.seeds(20))
    func chronicle(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var chronicle = Chronicle<Int>(after: SequenceNumber(10))
        var model: [(seq: Int64, event: Int)] = []
        var seq: Int64 = 10
        for step in 0..<200 {
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                seq -= Int64.random(in: 0...min(3, seq - chronicle.horizon.value), using: &random)
                chronicle.takeBack(after: SequenceNumber(seq))
                model.removeAll { $0.seq > seq }
            case 1:
                let count = Int.random(in: 0...20, using: &random)
                chronicle.keep(newest: count)
                model = model.suffix(count)
            default:
                seq += Int64.random(in: 0...2, using: &random)
                chronicle.append(step, at: SequenceNumber(seq))
                model.append((seq, step))
            }
            #expect(chronicle.count == model.count)
            for base in max(chronicle.horizon.value, seq - 20)...seq + 1 {
                let known = chronicle.events(after: SequenceNumber(base)).map(\.event)
                #expect(known == model.filter { $0.seq > base }.map(\.event))
            }
        }
    }
}
