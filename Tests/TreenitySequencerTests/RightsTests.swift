import Testing
import TreenityProtocol
import TreenitySequencer
import TreenityStore

private let now = Timestamp(milliseconds: 1_000_000)

@Suite struct RightsTests {
    private var sequencer: Sequencer
    private let ann = Sender(user: "ann", rights: Rights(read: [.root], write: ["tree/n"], execute: ["tree/m"]))

    init() throws {
        sequencer = try .beforeSmallTree()
    }

    @Test(
        "What the sender may write is admitted, all else is forbidden, whether anything is there or not",
        arguments: [
            (Patch(.edit(2), "tree/n/p"), true),
            (Patch(.add(.emptyObject), "tree/n/x/y"), true),
            (Patch(.delete, "tree/n"), true),
            (Patch(.move(to: "tree/n/d"), "tree/n/c"), true),
            (Patch(.edit(["n": ["p": 2]]), .root), false),
            (Patch(.edit(2), "tree/r"), false),
            (Patch(.edit(2), "tree/nobody"), false),
            (Patch(.delete, "tree/m"), false),
            (Patch(.move(to: "tree/c"), "tree/n/c"), false),
            (Patch(.move(to: "tree/n/m"), "tree/m"), false),
            (Patch(.execute(1), "tree/m/run"), true),
            (Patch(.execute(1), "tree/n/run"), false),
        ])
    mutating func rights(patch: Patch, isAllowed: Bool) {
        let verdict = sequencer.admit(patch, from: ann, now: now)
        guard case .refused(let refusal) = verdict else {
            #expect(isAllowed)
            return
        }
        #expect(!isAllowed && refusal.code == .forbidden && refusal.path == patch.path)
    }

    @Test("What has moved out of the sender's reach since is forbidden")
    mutating func carried() {
        sequencer.take(Patch(.move(to: "tree/m/c"), "tree/n/c"))
        let verdict = sequencer.admit(.seeing(0, .edit("new"), "tree/n/c/q"), from: ann, now: now)
        #expect(verdict.brief.contains("forbidden"))
    }

    @Test("One forbidden patch keeps a whole batch out")
    mutating func batch() {
        let patches = [Patch(.edit(2), "tree/n/p"), Patch(.edit(2), "tree/r")]
        let before = sequencer.content
        guard case .refused(let refusal) = sequencer.admit(batch: patches, id: "b", from: ann, now: now) else {
            Issue.record("admitted")
            return
        }
        #expect(refusal.code == .forbidden && refusal.index == 1)
        #expect(sequencer.content == before)
    }
}
