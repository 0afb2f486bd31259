import Testing
import TreenityProtocol
import TreenityStore
import TreenityTesting

@testable import TreenitySequencer

private let now = Timestamp(milliseconds: 1_000_000)

@Suite struct StateTests {
    @Test("A state that is restored is the same state")
    func roundTrip() throws {
        var sequencer = try Sequencer.beforeSmallTree()
        sequencer.take(
            Patch(.add(["caf\u{E9}": .string(String(repeating: "x", count: 200)), "x": [:]]), "tree/m/a~1b", id: "a"),
            Patch(.delete, "tree/n/c"), Patch(.move(to: "tree/k/m"), "tree/m"), Patch(.edit(2), "tree/n/p", id: "c"))
        sequencer.take(Patch(.execute(1), "tree/run", id: "x"))
        let completion = Completion(id: "x", user: "local", outcome: .success(.init(value: ["y": 1])))
        _ = sequencer.admit(completion, from: Sender(), now: now)
        let restored = try Sequencer(restoring: sequencer.stateChunks())
        #expect(restored.content == sequencer.content)
        #expect(restored.seq == sequencer.seq && restored.epoch == sequencer.epoch)
        #expect(Array(restored.stateChunks()) == Array(sequencer.stateChunks()))
    }

    @Test("A large state comes in parts, and only together they are a state")
    func parts() throws {
        var sequencer = try Sequencer.before("{}")
        for number in 0..<5_000 {
            sequencer.take(
                Patch(
                    .add(["v": .string(String(repeating: "y", count: 250))]),
                    TreePath.root.appending(try Name("\(number)"))))
        }
        let chunks = Array(sequencer.stateChunks())
        #expect(chunks.count > 4)
        #expect(chunks.allSatisfy { $0.count < 300 << 10 })
        let restored = try Sequencer(restoring: chunks)
        #expect(restored.content == sequencer.content)
        for count in 0..<chunks.count {
            #expect(throws: StateError.self) { try Sequencer(restoring: chunks.prefix(count)) }
        }
        #expect(throws: StateError.self) { try Sequencer(restoring: chunks + [[1]]) }
    }

    @Test("What is no state, or of a version to come, is said to be so")
    func strangers() throws {
        let strange = StateError("this is no saved state, or its first line is damaged")
        #expect(throws: strange) { try Sequencer(restoring: [[1, 2, 3]]) }
        #expect(throws: strange) { try Sequencer(restoring: [Array("{\"format\":\"other\"}\n".utf8)]) }
        #expect(throws: StateError("the saved state is empty")) { try Sequencer(restoring: [[UInt8]]()) }
        let newer = Array("{\"format\":\"treenity-state\",\"version\":9}\n".utf8)
        let error = #expect(throws: StateError.self) { try Sequencer(restoring: [newer]) }
        #expect(
            error?.description
                == "the saved state is of version 9, and this treenity reads up to 1: use a newer one")
    }

    @Test("The first line says what follows")
    func firstLine() throws {
        var sequencer = try Sequencer.beforeSmallTree()
        sequencer.take(Patch(.delete, "tree/n/c", timestamp: now, id: "a"))
        let line = try #require(Array(sequencer.stateChunks()).first?.split(separator: UInt8(ascii: "\n")).first)
        #expect(
            String(decoding: line, as: UTF8.self) == #"{"format":"treenity-state","version":1,"epoch":"e","seq":1,"#
                + #""tree":{"nodes":3,"newest":1000000,"deletions":1,"newestDeletion":1000000},"answers":1}"#)
    }

    @Test("Users of equal look and different bytes stay two")
    func users() throws {
        var sequencer = try Sequencer.beforeSmallTree()
        let users = ["ren\u{E9}", "rene\u{301}"]
        for user in users {
            sequencer.take(Patch(.edit(1), "tree/r", timestamp: now, meta: ["user": .string(user)], id: "a"))
        }
        var restored = try Sequencer(restoring: sequencer.stateChunks())
        #expect(restored.answers.count == 2)
        for user in users {
            let again = Patch(.edit(1), "tree/r", timestamp: now, meta: ["user": .string(user)], id: "a")
            #expect(restored.take(again) == sequencer.take(again))
        }
    }

    private static let content = #"{"a":{"s":"text","t":"more text","b":{"t":"x"}},"b":{"a":{"s":1}},"t":"top"}"#

    private func busy(_ seed: UInt64, bounds: MemoryBounds = MemoryBounds()) throws -> Sequencer {
        var proposals = RandomProposals(seed: seed)
        var sequencer = try Sequencer.before(StateTests.content, bounds: bounds)
        for _ in 0..<60 { _ = sequencer.admit(proposals.next(at: sequencer.seq), from: Sender(), now: now) }
        return sequencer
    }

    @Test("A state that ends anywhere too early is none", arguments: Fuzz.seeds(4))
    func truncation(seed: UInt64) throws {
        let bytes = Array(try busy(seed).stateChunks().joined())
        for count in bytes.indices {
            #expect(throws: StateError.self, "\(count)") { try Sequencer(restoring: [Array(bytes[..<count])]) }
        }
    }

    @Test("Damage gives an error or another whole state, never a crash", arguments: Fuzz.seeds(20))
    func damage(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bytes = Array(try busy(seed).stateChunks().joined())
        for round in 0..<200 {
            var damaged = bytes
            damaged[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            guard var restored = try? Sequencer(restoring: [damaged]) else { continue }
            #expect(throws: Never.self) { try Sequencer(restoring: restored.stateChunks()) }
            #expect(try JSONValue(parsing: restored.content).text == restored.content)
            var proposals = RandomProposals(seed: seed + UInt64(round))
            for _ in 0..<10 { _ = restored.admit(proposals.next(at: restored.seq), from: Sender(), now: now) }
        }
    }

    // MARK: Going on

    /// Bounds that are reached while a test runs, for every second seed.
    private func bounds(_ seed: UInt64) -> MemoryBounds {
        var bounds = MemoryBounds()
        guard seed % 2 == 0 else { return bounds }
        (bounds.moves, bounds.writes, bounds.textEdits, bounds.textEditBytes) = (6, 30, 8, 1_000)
        (bounds.answers, bounds.answersPerUser) = (40, 15)
        return bounds
    }

    @Test("One that is restored decides as the one that never stopped, old bases included", arguments: Fuzz.seeds(100))
    func goingOn(seed: UInt64) throws {
        // Hours from patch to patch, for every third: so that deletions are forgotten meanwhile.
        var proposals = RandomProposals(seed: seed, reach: 40, pace: seed % 3 == 0 ? 3_600_000 : 1)
        let now = Timestamp(milliseconds: 3_600_000_000)
        var original = try Sequencer.before(StateTests.content, bounds: bounds(seed))
        for _ in 0..<proposals.below(160) {
            _ = original.admit(proposals.next(at: original.seq), from: Sender(), now: now)
        }
        var restored = try Sequencer(restoring: original.stateChunks(), bounds: bounds(seed))
        #expect(Array(restored.stateChunks()) == Array(original.stateChunks()))
        for _ in 0..<80 {
            let proposal = proposals.next(at: original.seq)
            let told = original.admit(proposal, from: Sender(), now: now).told
            #expect(restored.admit(proposal, from: Sender(), now: now).told == told, "\(proposal)")
        }
        #expect(restored.content == original.content)
        #expect(Array(restored.stateChunks()) == Array(original.stateChunks()))
    }

    @Test("One that is restored knows as much of texts that are edited all the time", arguments: Fuzz.seeds(40))
    func texts(seed: UInt64) throws {
        var proposals = RandomProposals(seed: seed, hasIDs: false, reach: 12)
        var bounds = MemoryBounds()
        (bounds.writes, bounds.textEdits) = (3, 4 + proposals.below(8))
        var original = try Sequencer.before(#"{"t":"","u":"","v":""}"#, bounds: bounds)
        let texts: [TreePath] = ["tree/t", "tree/u", "tree/v"]
        for _ in 0..<20 {
            let edit = proposals.edit(of: texts[proposals.below(3)], at: original.seq)
            _ = original.admit(edit, from: Sender(), now: now)
        }
        var restored = try Sequencer(restoring: original.stateChunks(), bounds: bounds)
        for _ in 0..<20 {
            let edit = proposals.edit(of: texts[proposals.below(3)], at: original.seq)
            let told = original.admit(edit, from: Sender(), now: now).told
            #expect(restored.admit(edit, from: Sender(), now: now).told == told, "\(edit)")
        }
    }
}
