import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityClient

@Suite("The tree that streams share, of a bare server")
struct BareTreeMachineTests {
    private let now = Timestamp(milliseconds: 1_000)
    private let live = SessionEvent.state(.live(LiveSession(welcome: nil)))

    private func machine() -> TreeMachine {
        var machine = TreeMachine(prefix: "p", user: "ann")
        _ = machine.opened(1, .root, depth: 0)
        return machine
    }

    /// Which streams are told the tree.
    private func told(_ reaction: TreeMachine.Reaction) -> [TreeMachine.Addressees] {
        reaction.reports.compactMap { if case .snapshot = $0.update { $0.to } else { nil } }
    }

    @Test("A bare server answers by sending on, or not at all")
    func bare() throws {
        var machine = machine()
        _ = machine.received(live, now: now)
        _ = machine.received(.tree(["a": ["x": 1]], seq: nil), now: now)
        _ = try machine.edit([Patch(.edit(2), "tree/a/x", id: "c1")], batchID: nil, now: now)
        _ = try machine.edit([Patch(.add(3), "tree/a/y", id: "c2")], batchID: nil, now: now)
        let sentOn = Patch(.edit(2), "tree/a/x", timestamp: now, meta: ["user": "ann"], id: "c1")
        #expect(machine.received(.patches([sentOn]), now: now).answers.map(\.id) == ["c1"])
        #expect(machine.forgetUnanswered(now: Timestamp(milliseconds: 11_000)).answers.isEmpty)
        #expect(machine.forgetUnanswered(now: Timestamp(milliseconds: 11_001)).answers.map(\.id) == ["c2"])
        #expect(machine.replica.tree.json(at: "tree/a/y") == nil)
        #expect(throws: StreamError.self) {
            try machine.ask(TreeMachine.Question(id: "f", frame: .unsubscribe(id: "f")))
        }
    }

    @Test("An edit has its time from when the connection stands, however old it is")
    func oldEdit() throws {
        var machine = machine()
        _ = try machine.edit([Patch(.add(2), "tree/x", id: "c")], batchID: nil, now: now)
        _ = machine.received(live, now: Timestamp(milliseconds: 20_000))
        #expect(machine.forgetUnanswered(now: Timestamp(milliseconds: 29_999)).answers.isEmpty)
        #expect(machine.forgetUnanswered(now: Timestamp(milliseconds: 30_000)).answers.map(\.id) == ["c"])
    }

    @Test("Who comes later is told the tree at once, and there is nothing more to load", arguments: [["a": 1], nil])
    func whole(tree: JSONValue?) {
        var machine = machine()
        #expect(machine.load("tree/a", depth: nil, id: "l1").answers.isEmpty)
        _ = machine.received(live, now: now)
        let arrival = machine.received(.tree(tree, seq: nil), now: now)
        #expect(told(arrival) == [.stream(1)])
        #expect(arrival.answers.map(\.id) == ["l1"] && arrival.commands == [.unsubscribe("l1")])
        #expect(told(machine.opened(2, "tree/a", depth: nil)) == [.stream(2)])
        let load = machine.load("tree/b", depth: 1, id: "l2")
        #expect(load.answers.map(\.id) == ["l2"] && load.commands.isEmpty)
    }

    @Test("A tree that is not told again leaves what is known, and who has it is not told it twice")
    func notTold() {
        var machine = machine()
        _ = machine.received(live, now: now)
        #expect(told(machine.received(.tree(["a": [:]], seq: nil), now: now)) == [.stream(1)])
        _ = machine.received(.state(.offline(reason: "gone", retryAfter: .zero)), now: now)
        _ = machine.received(live, now: now)
        #expect(told(machine.received(.tree(nil, seq: nil), now: now)) == [])
        #expect(machine.replica.tree.node(at: "tree/a") != nil)
    }

    @Test("After it a server with sessions is asked for what is wanted")
    func succeededBySession() {
        var machine = machine()
        _ = machine.received(live, now: now)
        _ = machine.received(.tree([:], seq: nil), now: now)
        _ = machine.received(.state(.offline(reason: "gone", retryAfter: .zero)), now: now)
        _ = machine.received(.state(.live(LiveSession(welcome: welcome))), now: now)
        #expect(machine.load("tree/a", depth: nil, id: "l").answers.isEmpty)
    }
}
