import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityClient

@Suite("The tree that streams share")
struct TreeMachineTests {
    private let now = Timestamp(milliseconds: 1_000)

    private func machine() -> TreeMachine {
        var machine = TreeMachine(prefix: "p", user: "ann")
        _ = machine.opened(1, .root, depth: nil)
        return machine
    }

    private func live(_ welcome: Welcome? = welcome) -> SessionEvent { .state(.live(LiveSession(welcome: welcome))) }

    private func loaded() -> TreeMachine {
        var machine = machine()
        _ = machine.received(live(), now: now)
        _ = machine.received(.snapshot(tree("s1")), now: now)
        return machine
    }

    private func tree(_ id: String) -> Snapshot {
        let nodes = ["tree", "tree/a"].map { (path: TreePath) in
            Snapshot.Node(path: path, properties: ["x": 1], children: path.isRoot ? 1 : 0, timestamp: nil)
        }
        return Snapshot(id: id, path: .root, seq: SequenceNumber(7), nodes: nodes, more: false)
    }

    private let offline = SessionEvent.state(.offline(reason: "gone", retryAfter: .zero))

    @Test("An edit is shown and sent, stamped, named and signed")
    func edit() throws {
        var machine = loaded()
        let reaction = try machine.edit([Patch(.edit(2), "tree/a/x")], batchID: nil, now: now)
        // The server's clock is behind.
        let sent = Patch(
            .edit(2), "tree/a/x", timestamp: welcome.time, meta: ["user": "ann"], id: "p-1", base: SequenceNumber(7))
        #expect(reaction.commands.suffix(1) == [.send(.patch(sent))])
        let kept = OutboxEdit(.patch(sent), epoch: "e").map { TreeMachine.Command.record(.edit($0)) }
        #expect(reaction.commands.first == kept)
        #expect(reaction.reports.count == 1)
        #expect(machine.replica.tree.json(at: "tree/a/x") == 2)
    }

    @Test("An edit that cannot be is refused here, and nothing happens")
    func impossible() {
        var machine = loaded()
        #expect(throws: Refusal.self) { try machine.edit([Patch(.delete, "tree/b")], batchID: nil, now: now) }
        #expect(machine.replica.pending.isEmpty)
    }

    @Test("An edit of what is not loaded is left to the server, and shown when the tree has come")
    func unseen() throws {
        var machine = machine()
        let early = try machine.edit([Patch(.edit(2), "tree/a/x", id: "c")], batchID: nil, now: now)
        #expect(early.commands.count == 1)
        #expect(machine.received(live(), now: now).commands.count == 1)
        _ = machine.received(.snapshot(tree("s1")), now: now)
        #expect(machine.replica.tree.json(at: "tree/a/x") == 2)
    }

    @Test("What was not answered goes out again in order, questions too, and what was answered does not")
    func again() throws {
        var machine = loaded()
        _ = try machine.edit([Patch(.edit(2), "tree/a/x", id: "c1")], batchID: nil, now: now)
        _ = machine.received(offline, now: now)
        _ = try machine.edit([Patch(.edit(3), "tree/a/x", id: "c2")], batchID: nil, now: now)
        _ = try machine.edit([Patch(.add([:]), "tree/b"), Patch(.add([:]), "tree/c")], batchID: "b", now: now)
        let find = ClientFrame.find(FindQuery(id: "f", path: .root, query: "x"))
        #expect(try machine.ask(TreeMachine.Question(id: "f", frame: find)).commands.isEmpty)
        let commands = machine.received(live(), now: now).commands
        let ids = commands.compactMap { command in
            if case .send(let frame) = command { frame.id } else { nil }
        }
        #expect(ids == ["c1", "c2", "b", "f"])
        let ack = Acknowledgement(id: "c1", seq: SequenceNumber(7), timestamp: now)
        #expect(machine.received(.acknowledged(ack), now: now).answers.map(\.id) == ["c1"])
        _ = machine.received(.found(id: "f", [], more: false), now: now)
        _ = machine.received(offline, now: now)
        #expect(machine.received(live(), now: now).commands.count == 2)
    }

    @Test("What was sent on, but not answered, goes out again, and its first answer counts")
    func sentOnAndNotAnswered() throws {
        var machine = loaded()
        _ = try machine.edit([Patch(.edit(2), "tree/a/x", id: "c")], batchID: nil, now: now)
        let sent = try #require(machine.replica.pending.first?.frame)
        let decided = Patch(
            .edit(2), "tree/a/x", timestamp: welcome.time, meta: ["user": "ann"], id: "c", seq: SequenceNumber(8))
        _ = machine.received(.patches([decided]), now: now)
        #expect(machine.replica.pending.isEmpty)
        _ = machine.received(offline, now: now)
        #expect(machine.received(live(), now: now).commands == [.send(sent)])
        let acknowledgement = Acknowledgement(
            id: "c", seq: SequenceNumber(8), timestamp: now, superseded: ["y"])
        let reaction = machine.received(.acknowledged(acknowledgement), now: now)
        #expect(try reaction.answers.first?.result.get() == .acknowledged(acknowledgement))
        #expect(reaction.commands == [.record(.settled("c"))])
        _ = machine.received(offline, now: now)
        #expect(machine.received(live(), now: now).commands.isEmpty)
    }

    @Test("What was sent on was taken, even where the server will not say so again")
    func sentOnAndRefused() throws {
        var machine = loaded()
        _ = try machine.edit([Patch(.edit(2), "tree/a/x", id: "c")], batchID: nil, now: now)
        let decided = Patch(
            .edit(2), "tree/a/x", timestamp: now, meta: ["user": "ann"], id: "c", seq: SequenceNumber(8))
        _ = machine.received(.patches([decided]), now: now)
        let reaction = machine.received(.refused(id: "c", Refusal(.rateLimited, "later")), now: now)
        let acknowledgement = Acknowledgement(id: "c", seq: SequenceNumber(8), timestamp: now)
        #expect(try reaction.answers.first?.result.get() == .acknowledged(acknowledgement))
        #expect(reaction.commands == [.record(.settled("c"))] && reaction.reports.isEmpty)
        #expect(machine.replica.tree.json(at: "tree/a/x") == 2)
    }

    @Test("A server that was silent is heard again without anything being sent twice")
    func silence() throws {
        var machine = loaded()
        _ = try machine.edit([Patch(.edit(2), "tree/a/x")], batchID: nil, now: now)
        _ = machine.received(.state(.silent(LiveSession(welcome: welcome))), now: now)
        #expect(machine.received(live(), now: now).commands.isEmpty)
    }

    @Test("A refusal undoes the edit and tells who has to do with it")
    func refused() throws {
        var machine = loaded()
        _ = machine.opened(2, "tree/b", depth: nil)
        _ = try machine.edit([Patch(.edit(2), "tree/a/x", id: "c")], batchID: nil, now: now)
        let reaction = machine.received(.refused(id: "c", Refusal(.forbidden, "no")), now: now)
        #expect(machine.replica.tree.json(at: "tree/a/x") == 1)
        let addressees = reaction.reports.map(\.to)
        #expect(addressees.count == 1 && machine.isFor(1, addressees[0]) && !machine.isFor(2, addressees[0]))
        #expect(reaction.answers.map(\.id) == ["c"])
    }

    @Test("A decided patch that does not fit shows that the tree is another: it is loaded anew")
    func divergence() {
        var machine = loaded()
        let patch = Patch(.edit(["y": 1]), "tree/a/x", timestamp: now, seq: SequenceNumber(8))
        let reaction = machine.received(.patches([patch]), now: now)
        #expect(reaction.commands == [.subscribe(Subscription(id: "s1", path: .root))])
    }

    @Test("What nobody follows any more is not kept")
    func closed() {
        var machine = loaded()
        let reaction = machine.closed(1, now: now)
        #expect(reaction.commands == [.unsubscribe("s1")])
        #expect(machine.replica.tree.nodeCount == 1)
    }

    @Test("Where nobody follows anything, an edit is done with when it is answered")
    func unfollowed() throws {
        var machine = loaded()
        let ack = { Acknowledgement(id: $0, seq: SequenceNumber(9), timestamp: Timestamp(milliseconds: 1)) }
        _ = try machine.edit([Patch(.edit(2), "tree/a/x", id: "c1")], batchID: nil, now: now)
        _ = machine.received(.acknowledged(ack("c1")), now: now)
        #expect(machine.replica.pending.count == 1)
        _ = machine.closed(1, now: now)
        #expect(machine.replica.pending.isEmpty)
        _ = try machine.edit([Patch(.add([:]), "tree/b", id: "c2")], batchID: nil, now: now)
        _ = machine.received(.acknowledged(ack("c2")), now: now)
        #expect(machine.replica.pending.isEmpty && machine.replica.tree.nodeCount == 1)
    }

    @Test("What an earlier run left goes out with the first session, under the same epoch with its base")
    func restored() {
        var machine = machine()
        let old = Patch(.edit(1), "tree/a/x", timestamp: now, id: "o1", base: SequenceNumber(3))
        let new = Patch(.edit(2), "tree/a/x", timestamp: now, id: "o2", base: SequenceNumber(5))
        machine.restore([
            OutboxEdit(id: "o1", isBatch: false, patches: [old], epoch: "d"),
            OutboxEdit(id: "o2", isBatch: false, patches: [new], epoch: "e"),
        ])
        var orderless = old
        orderless.base = nil
        #expect(machine.received(live(), now: now).commands == [.send(.patch(orderless)), .send(.patch(new))])
        _ = machine.received(.snapshot(tree("s1")), now: now)
        #expect(machine.replica.tree.json(at: "tree/a/x") == 2)
    }

    @Test("What makes the tree certain is asked for after a pause, in which more doubts may come")
    func doubts() {
        var machine = TreeMachine(prefix: "p", user: "ann")
        _ = machine.opened(1, .root, depth: 1)
        _ = machine.received(live(), now: now)
        let nodes: [Snapshot.Node] = [TreePath.root, "tree/a", "tree/b"].map { path in
            Snapshot.Node(path: path, properties: [:], children: path.isRoot ? 2 : 1, timestamp: nil)
        }
        let tree = Snapshot(id: "s1", path: .root, seq: SequenceNumber(7), nodes: nodes, more: false)
        _ = machine.received(.snapshot(tree), now: now)
        func happens(_ seq: Int64, _ path: TreePath) -> [TreeMachine.Command] {
            let patch = Patch(.add([:]), path, timestamp: now, seq: SequenceNumber(seq))
            return machine.received(.patches([patch]), now: now).commands
        }
        func inquiry(_ id: String, _ path: TreePath) -> TreeMachine.Command {
            .fetch(Subscription(id: id, path: path, depth: 0))
        }
        #expect(happens(8, "tree/a/n/m") == [inquiry("p-1", "tree/a"), .rest])
        #expect(happens(9, "tree/b/n/m") == [])
        #expect(machine.rested().commands == [inquiry("p-2", "tree/b"), .rest])
        #expect(machine.rested().commands == [])
        let answer = Snapshot(id: "p-1", path: "tree/a", seq: SequenceNumber(9), nodes: [nodes[1]], more: false)
        _ = machine.received(.snapshot(answer), now: now)
        #expect(happens(10, "tree/a/o/m") == [inquiry("p-3", "tree/a"), .rest])
    }

    @Test("A stream that ends while its tree is coming leaves nothing waiting")
    func closedWhileLoading() {
        var machine = machine()
        _ = machine.received(live(), now: now)
        var chunk = tree("s1")
        chunk.more = true
        _ = machine.received(.snapshot(chunk), now: now)
        let patch = Patch(.edit(5), "tree/a/x", timestamp: now, seq: SequenceNumber(8))
        _ = machine.received(.patches([patch]), now: now)
        _ = machine.closed(1, now: now)
        #expect(machine.replica.tree.nodeCount == 1)
        _ = machine.opened(2, .root, depth: nil)
        _ = machine.received(.snapshot(tree("s2")), now: now)
        #expect(machine.replica.tree.json(at: "tree/a/x") == 1)
    }

    @Test("The end fails all that waits, and keeps the edits")
    func ended() throws {
        var machine = loaded()
        _ = try machine.edit([Patch(.edit(2), "tree/a/x", id: "c")], batchID: nil, now: now)
        let reaction = machine.received(.state(.ended(reason: "no")), now: now)
        #expect(reaction.answers.map(\.id) == ["c"])
        #expect(machine.replica.pending.count == 1)
    }
}
