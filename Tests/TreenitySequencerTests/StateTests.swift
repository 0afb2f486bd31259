import Testing
import TreenityProtocol
import TreenityStore

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

    @Test("Deep trees are no matter of the stack")
    func deep() throws {
        var tree = Replica()
        var path = TreePath.root
        for number in 0..<100 {
            path = path.appending(try Name("\(number)"))
            _ = try tree.apply(Patch(.add(.emptyObject), path), rule: .admission, now: now)
        }
        let sequencer = Sequencer(tree: tree, epoch: "e")
        let restored = try Sequencer(restoring: sequencer.stateChunks())
        #expect(restored.content == sequencer.content)
    }

    @Test("What is no state, or of a version to come, is said to be so")
    func strangers() throws {
        #expect(throws: StateError("this is no saved state")) { try Sequencer(restoring: [[1, 2, 3]]) }
        #expect(throws: StateError.self) { try Sequencer(restoring: [[UInt8]]()) }
        var bytes = Array(try Sequencer.beforeSmallTree().stateChunks())[0]
        bytes[1 + StateFormat.name.utf8.count] = 9
        let error = #expect(throws: StateError.self) { try Sequencer(restoring: [bytes]) }
        #expect(error?.description == "the state is of version 9, and only version 1 can be read")
    }

    private static let content = #"{"a":{"s":"text","t":"more text","b":{"t":"x"}},"b":{"a":{"s":1}},"t":"top"}"#

    @Test("Damage gives an error or another tree, never a crash", arguments: Fuzz.seeds(20))
    func damage(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var proposals = RandomProposals(seed: seed)
        var sequencer = try Sequencer.before(StateTests.content)
        for _ in 0..<60 { _ = sequencer.admit(proposals.next(at: sequencer.seq), from: Sender(), now: now) }
        let bytes = Array(sequencer.stateChunks().joined())
        for _ in 0..<20 {
            var damaged = bytes
            damaged[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            if var restored = try? Sequencer(restoring: [damaged]) { restored.take(Patch(.delete, "tree/a")) }
        }
    }

    @Test("A restored sequencer and one that forgot as much agree from then on", arguments: Fuzz.seeds(40))
    func sameVerdicts(seed: UInt64) throws {
        var bounds = MemoryBounds()
        if seed % 2 == 0 { (bounds.moves, bounds.writes, bounds.textEdits, bounds.answers) = (6, 30, 8, 40) }
        var proposals = RandomProposals(seed: seed)
        var original = try Sequencer.before(StateTests.content, bounds: bounds)
        for _ in 0..<80 { _ = original.admit(proposals.next(at: original.seq), from: Sender(), now: now) }
        var restored = try Sequencer(restoring: original.stateChunks(), bounds: bounds)
        original.forget(upTo: original.seq)
        for _ in 0..<80 {
            let proposal = proposals.next(at: original.seq)
            let one = original.admit(proposal, from: Sender(), now: now).brief
            #expect(restored.admit(proposal, from: Sender(), now: now).brief == one, "\(proposal)")
        }
        #expect(Array(original.stateChunks()) == Array(restored.stateChunks()))
    }
}
