import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityLife

/// SplitMix64: the same seed, the same numbers.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}

@Suite("The workspace and its colleagues")
struct WorkspaceTests {
    @Test(
        "the colleagues' patches are all possible, and the workspace stays bounded", arguments: [1, 2, 3] as [UInt64])
    func manySteps(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        var tree = Replica()
        _ = try tree.apply(Patch(.edit(Workspace.initial), .root), rule: .admission, now: Timestamp(milliseconds: 0))
        let start = tree.nodeCount
        var counts: [String: Int] = [:]
        for step in 0..<2_000 {
            let colleague = Colleague.all[step % 2]
            guard let patch = colleague.nextPatch(in: { tree.json(at: $0) }, using: &random) else { continue }
            #expect(patch.sender.hasSuffix("(sim)"))
            _ = try tree.apply(patch, rule: .admission, now: Timestamp(milliseconds: Int64(step)))
            counts[patch.operation.name, default: 0] += 1
        }
        #expect(Set(counts.keys) == ["ADD", "EDIT", "DELETE", "MOVE"])
        #expect(tree.nodeCount < start + 200)
    }

    @Test("nothing of the workspace need be there")
    func emptyTree() {
        var random = SeededGenerator(state: 7)
        for _ in 0..<500 {
            for value in [nil, .emptyObject, "text", ["a": 1]] as [JSONValue?] {
                let patch = Colleague.all[0].nextPatch(in: { _ in value }, using: &random)
                if case .add = patch?.operation { continue }
                #expect(patch == nil)
            }
        }
    }

    @Test("the patches between two states lead from one to the other", arguments: 1...200 as ClosedRange<UInt64>)
    func differences(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let old = randomObject(depth: 3, &random)
        let new = randomObject(depth: 3, &random)
        var tree = Replica()
        let now = Timestamp(milliseconds: 1)
        _ = try tree.apply(Patch(.add(old), "tree/x"), rule: .admission, now: now)
        for patch in Difference.patches(from: old, to: new, at: "tree/x") {
            _ = try tree.apply(patch, rule: .admission, now: now)
        }
        let x = try #require(tree.json(at: "tree/x"))
        #expect(Difference.patches(from: x, to: new, at: "tree/x").isEmpty)
        #expect(Difference.patches(from: new, to: x, at: "tree/x").isEmpty)
    }

    private func randomObject(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        let members = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            let isNode = depth > 0 && Bool.random(using: &random)
            return JSONValue.Member(
                key: ["a", "b", "c", "d"].randomElement(using: &random) ?? "a",
                value: isNode
                    ? randomObject(depth: depth - 1, &random) : .integer(Int64.random(in: 0...3, using: &random)))
        }
        return .object(members)
    }

    @Test("an edit names only what differs")
    func minimal() {
        let patches = Difference.patches(
            from: ["a": 1, "b": 2, "n": ["x": 1], "gone": ["y": 1]],
            to: ["a": 1, "b": 3, "n": ["x": 2], "new": ["z": 1]],
            at: "tree/m")
        #expect(
            patches == [
                Patch(.delete, "tree/m/gone"), Patch(.edit(["b": 3]), "tree/m"), Patch(.add(["z": 1]), "tree/m/new"),
                Patch(.edit(["x": 2]), "tree/m/n"),
            ])
    }

    @Test("the machine acts each second, colleagues after a pause")
    func schedule() {
        var random = SeededGenerator(state: 1)
        var schedule = Schedule(colleagues: 2, start: 0)
        var acts: [Schedule.Actor: Int] = [:]
        while schedule.next <= 60_000 {
            for actor in schedule.due(at: schedule.next, using: &random) { acts[actor, default: 0] += 1 }
        }
        #expect(acts[.machine] == 61)
        #expect((9...30).contains(acts[.colleague(0)] ?? 0))
    }
}
