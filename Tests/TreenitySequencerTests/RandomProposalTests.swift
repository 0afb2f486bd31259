import Testing
import TreenityProtocol
import TreenityStore
import TreenityTesting

@testable import TreenitySequencer

@Suite struct RandomProposalTests {
    private let now = Timestamp(milliseconds: 2_000)

    /// A memory that forgets while the test runs.
    private var shortMemory: MemoryBounds {
        var bounds = MemoryBounds()
        (bounds.moves, bounds.writes, bounds.textEdits, bounds.textEditBytes) = (6, 30, 8, 1_000)
        (bounds.answers, bounds.answersPerUser) = (40, 15)
        return bounds
    }

    private func sequencer(_ seed: UInt64) throws -> Sequencer {
        let content = #"{"a":{"s":"text","t":"more text","b":{"t":"x"}},"b":{"a":{"s":1}},"t":"top"}"#
        return try .before(content, bounds: seed % 2 == 0 ? shortMemory : MemoryBounds())
    }

    /// All that is to be seen of a tree, in the order of the names.
    private func seen(_ tree: Replica) -> [String] {
        tree.subtree(of: tree.root).flatMap { node in
            tree.properties(of: node).map { "\(tree.path(of: node)) \($0)" } + ["\(tree.path(of: node))"]
        }.sorted()
    }

    @Test(
        "Whoever applies in order what is sent on has the same tree, and the order has no gaps",
        arguments: Fuzz.seeds(12))
    func follower(seed: UInt64) throws {
        var sequencer = try sequencer(seed)
        var tree = sequencer.tree
        var proposals = RandomProposals(seed: seed)
        var seq: Int64 = 0
        for _ in 0..<200 {
            let proposal = proposals.next(at: sequencer.seq)
            guard case .admitted(let admissions, let answer) = sequencer.admit(proposal, from: Sender(), now: now)
            else { continue }
            for admission in admissions {
                seq += 1
                #expect(admission.patch.seq?.value == seq)
                _ = try tree.apply(admission.patch, rule: .decided, now: now)
            }
            #expect(answer.seq.value == seq)
            #expect(tree.json(at: .root) == sequencer.tree.json(at: .root), "\(proposal)")
        }
        #expect(seen(tree) == seen(sequencer.tree))
        #expect(sequencer.seq.value == seq)
    }

    @Test("What is sent on can be written and read", arguments: Fuzz.seeds(4))
    func wire(seed: UInt64) throws {
        var sequencer = try sequencer(seed)
        var proposals = RandomProposals(seed: seed)
        for _ in 0..<100 {
            let verdict = sequencer.admit(proposals.next(at: sequencer.seq), from: Sender(), now: now)
            guard case .admitted(let admissions, _) = verdict else { continue }
            for admission in admissions {
                let sent = ServerFrame.patch(admission.patch)
                #expect(try ServerFrame.decode(sent.encoded()) == [sent])
            }
        }
    }

    @Test("A refused proposal leaves nothing behind that a later verdict would show", arguments: Fuzz.seeds(12))
    func refusals(seed: UInt64) throws {
        var sequencer = try sequencer(seed)
        var spared = sequencer
        var proposals = RandomProposals(seed: seed)
        for _ in 0..<200 {
            let proposal = proposals.next(at: sequencer.seq)
            let verdict = sequencer.admit(proposal, from: Sender(), now: now)
            if case .refused = verdict { continue }
            #expect(spared.admit(proposal, from: Sender(), now: now).brief == verdict.brief, "\(proposal)")
        }
        #expect(seen(spared.tree) == seen(sequencer.tree))
    }

    @Test("A batch that is refused at its end has changed nothing", arguments: Fuzz.seeds(12))
    func longBatches(seed: UInt64) throws {
        var sequencer = try sequencer(seed)
        var spared = sequencer
        var proposals = RandomProposals(seed: seed)
        let wrong = Patch(.delete, .root)
        for _ in 0..<60 {
            var probe = sequencer
            let admitted = (0..<20).compactMap { _ -> Patch? in
                guard case .patch(let patch) = proposals.next(at: sequencer.seq),
                    case .admitted = probe.admit(patch, from: Sender(), now: now)
                else { return nil }
                return patch
            }
            let verdict = sequencer.admit(batch: admitted + [wrong], id: "b", from: Sender(), now: now)
            #expect(verdict.brief == "forbidden at \(admitted.count)")
            #expect(sequencer.content == spared.content)
            let proposal = proposals.next(at: sequencer.seq)
            let one = sequencer.admit(proposal, from: Sender(), now: now).brief
            #expect(one == spared.admit(proposal, from: Sender(), now: now).brief, "\(proposal)")
        }
    }

    @Test("A sequencer restored from what was sent on comes to the same verdicts", arguments: Fuzz.seeds(12))
    func restored(seed: UInt64) throws {
        var sequencer = try sequencer(seed)
        var restored = sequencer
        var proposals = RandomProposals(seed: seed, hasIDs: false)
        for _ in 0..<150 {
            let proposal = proposals.next(at: sequencer.seq)
            let copy = restored.admitted(proposal, now: now)
            let verdict = sequencer.admit(proposal, from: Sender(), now: now)
            #expect(copy == verdict.brief, "\(proposal)")
            guard case .admitted(let admissions, _) = verdict else { continue }
            for admission in admissions { try restored.restore(admission.patch) }
        }
        #expect(seen(restored.tree) == seen(sequencer.tree))
        #expect(throws: Refusal.self) { try restored.restore(Patch(.delete, "tree/a", seq: restored.seq)) }
    }
}

extension Sequencer {
    /// What it would decide.
    fileprivate func admitted(_ proposal: Proposal, now: Timestamp) -> String {
        var copy = self
        return copy.admit(proposal, from: Sender(), now: now).brief
    }
}
