import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityClient

@Suite("What the bytes of an outbox come to")
struct OutboxReplayTests {
    private let first = OutboxRecord.edit(edit("a")).line
    private let last = OutboxRecord.edit(edit("b")).line

    @Test("A record that was not written whole counts for nothing, wherever it ends")
    func torn() {
        for count in 0..<last.count {
            let replay = OutboxReplay(first + last.prefix(count))
            #expect(replay.contents.unanswered == [edit("a")])
            #expect(replay.isTorn == (count > 0))
            #expect(replay.damaged.isEmpty)
        }
        #expect(!OutboxReplay(first + last).isTorn)
    }

    @Test("A line that cannot be read is kept apart, and all others count")
    func damaged() {
        let odd = Array("\u{0}\u{0}garbage\n".utf8) + [0xFF, 0x0A]
        let replay = OutboxReplay(first + odd + last)
        #expect(replay.contents.unanswered == [edit("a"), edit("b")])
        #expect(replay.damaged.flatMap(\.self) == odd)
        #expect(replay.damaged.count == 2)
    }

    @Test("A newer version's is known by any of its lines")
    func newer() {
        #expect(OutboxReplay(first + Array("{\"v\":2}\n".utf8) + last).isNewer)
        #expect(!OutboxReplay(first + last).isNewer)
    }

    @Test("Bytes of any kind are read")
    func fuzz() {
        var randomness = SeededGenerator(seed: 5)
        let records: [OutboxRecord] = [
            .edit(edit("a")), .refused("a", refusal), .edit(edit("b", ["k": [1, "ü"]])), .settled("b"), .dropped("a"),
        ]
        let bytes = records.flatMap(\.line)
        for _ in 0..<1_000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...8, using: &randomness) where changed.count > 1 {
                let place = Int.random(in: 0..<changed.count, using: &randomness)
                switch Int.random(in: 0..<4, using: &randomness) {
                case 0: changed[place] = UInt8.random(in: 0...255, using: &randomness)
                case 1: changed.remove(at: place)
                case 2: changed.insert(changed[place / 2], at: place)
                default: changed.removeLast(place)
                }
            }
            let replay = OutboxReplay(changed)
            // What is not taken up is not lost.
            #expect(replay.contents.records.count <= records.count || !replay.damaged.isEmpty)
        }
    }
}
