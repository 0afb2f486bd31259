import Testing
import TreenityProtocol
import TreenitySequencer
import TreenityStore

private let now = Timestamp(milliseconds: 1_000_000)

@Suite struct ExecutionTests {
    private var sequencer: Sequencer
    private let execution = Patch(.execute(["x": 1]), "tree/m/run", meta: ["user": "ann"], id: "x1")

    init() throws {
        sequencer = try .beforeSmallTree()
    }

    private mutating func execute() -> Verdict { sequencer.admit(execution, from: Sender(), now: now) }

    private mutating func complete(
        _ outcome: Result<Completion.Yield, Refusal>, rights: Rights = .all
    ) -> Verdict {
        let completion = Completion(id: "x1", user: "ann", outcome: outcome)
        return sequencer.admit(completion, from: Sender(user: "ann", rights: rights), now: now)
    }

    @Test("An EXECUTE has a place in the order and changes nothing")
    mutating func place() {
        let before = sequencer.content
        guard case .admitted(let admissions, let answer) = execute() else {
            Issue.record("not admitted")
            return
        }
        #expect(admissions.map(\.patch.seq) == [SequenceNumber(1)])
        #expect(answer.execution == .running)
        #expect(sequencer.content == before)
    }

    @Test("While it runs, the same EXECUTE is known and not run again")
    mutating func repeatedWhileRunning() {
        _ = execute()
        guard case .repeated(let answer) = execute() else {
            Issue.record("run again")
            return
        }
        #expect(answer.execution == .running)
        #expect(sequencer.seq == SequenceNumber(1))
    }

    @Test("Its result is remembered, its patches are admitted together")
    mutating func result() {
        _ = execute()
        let patches = [Patch(.edit(7), "tree/n/p", id: "same"), Patch(.add(8), "tree/m/q", id: "same")]
        guard case .admitted(let admissions, let answer) = complete(.success(.init(value: "done", patches: patches)))
        else {
            Issue.record("not admitted")
            return
        }
        #expect(admissions.count == 2 && answer.execution == .finished("done"))
        guard case .repeated(let repeated) = execute() else {
            Issue.record("run again")
            return
        }
        #expect(repeated.execution == .finished("done"))
    }

    @Test("One that failed may be tried again")
    mutating func failure() {
        _ = execute()
        guard case .refused(let refusal) = complete(.failure(Refusal(.actionFailed, "no"))) else {
            Issue.record("not refused")
            return
        }
        #expect(refusal.message == "no")
        guard case .admitted = execute() else {
            Issue.record("not run again")
            return
        }
    }

    @Test("A reply whose patches are beyond the action's rights fails as a whole")
    mutating func forbiddenReply() {
        _ = execute()
        let before = sequencer.content
        let patches = [Patch(.edit(7), "tree/n/p"), Patch(.edit(7), "tree/r")]
        let verdict = complete(.success(.init(value: 1, patches: patches)), rights: Rights(write: ["tree/n"]))
        guard case .refused(let refusal) = verdict else {
            Issue.record("admitted")
            return
        }
        #expect(refusal.code == .actionFailed)
        #expect(refusal.message.contains("patch 1") && refusal.message.contains("forbidden"))
        #expect(sequencer.content == before)
    }

    @Test("An EXECUTE is no part of a batch")
    mutating func batch() {
        guard case .refused(let refusal) = sequencer.admit(batch: [execution], id: nil, from: Sender(), now: now)
        else {
            Issue.record("admitted")
            return
        }
        #expect(refusal.code == .invalidPatch && refusal.index == 0)
    }
}
