import Testing
import TreenityProtocol

@testable import TreenityStore

@Suite("Edits before the server has decided")
struct OptimisticReplicaTests {
    private func exchange(_ json: JSONValue = [:]) -> Exchange {
        var exchange = Exchange()
        for member in json.members ?? [] {
            exchange.remote(.add(member.value), TreePath.root.appending((try? Name(member.key)) ?? "?"))
        }
        exchange.deliverAll()
        return exchange
    }

    @Test("An edit shows at once, and its confirmation changes nothing")
    func confirmedByID() throws {
        var exchange = exchange(["a": ["x": 1]])
        _ = exchange.edit(.add(["c": ["d": [:]]]), "tree/a/b")
        _ = exchange.edit(.edit(["x": 2]), "tree/a")
        _ = exchange.edit(.move(to: "tree/e/b"), "tree/a/b")
        let shown = exchange.client.tree
        #expect(shown.json == ["a": ["x": 2], "e": ["b": ["c": ["d": [:]]]]])
        exchange.deliverAll()
        #expect(exchange.client.tree.json == shown.json)
        #expect(exchange.client.tree.everything.map(\.node) == shown.everything.map(\.node))
        try exchange.expectAgreement()
    }

    @Test("From a server that drops ids an edit is confirmed by its content")
    func confirmedByContent() throws {
        var exchange = Exchange(dropsIDs: true)
        _ = exchange.edit(.add(["x": 1]), "tree/a")
        let node = try #require(exchange.client.tree.node(at: "tree/a"))
        exchange.deliverToServer()
        exchange.deliverToClient()
        #expect(exchange.client.pending.isEmpty)
        #expect(exchange.client.tree.node(at: "tree/a") == node)
        exchange.deliverAll()
        try exchange.expectAgreement()
    }

    @Test("A refusal undoes the edit, and those that stood on it stay listed until they are refused too")
    func refused() throws {
        var exchange = exchange(["a": ["x": 1]])
        exchange.remote(.add([:]), "tree/n")
        _ = exchange.edit(.add(["mine": 1]), "tree/n")
        _ = exchange.edit(.edit(["x": 2]), "tree/a")
        exchange.deliverToClient(1)
        #expect(exchange.client.pending.map(\.isShown) == [false, true])
        #expect(exchange.client.tree.json == ["a": ["x": 2], "n": [:]])
        exchange.deliverAll()
        try exchange.expectAgreement()
    }

    @Test("Settling an edit without effect takes it back")
    func settled() throws {
        var client = OptimisticReplica()
        _ = client.receive([Patch(.add(["p": 1]), "tree/a", seq: SequenceNumber(1))], now: Timestamp(milliseconds: 1))
        let before = client.tree.everything
        var patch = Patch.by("ann", at: 5, .edit(["p": 2, "n": ["x": 1]]), "tree/a")
        patch.id = "1"
        _ = try client.edit(patch, now: Timestamp(milliseconds: 5))
        #expect(client.acknowledged("other", at: nil) == nil)
        #expect(client.pending.count == 1)
        #expect(client.acknowledged("1", at: nil)?.patches.map(\.patch) == [patch])
        #expect(client.tree.everything == before)
        #expect(client.acknowledged("1", at: nil) == nil)
        client.tree.expectWhole()
    }

    @Test("An edit that is impossible already here is not pending")
    func impossible() {
        var client = OptimisticReplica()
        var patch = Patch.by("ann", at: 5, .edit(["p": 2]), "tree/a")
        patch.id = "1"
        #expect(throws: Refusal.self) { try client.edit(patch, now: Timestamp(milliseconds: 5)) }
        #expect(client.pending.isEmpty)
        client.tree.expectWhole()
    }

    @Test("New nodes keep their identities while others' patches come in between")
    func identitiesStay() throws {
        var exchange = exchange(["a": [:]])
        _ = exchange.edit(.add(["c": ["d": [:]], "e": [:]]), "tree/a/b")
        let mine = ["tree/a/b", "tree/a/b/c", "tree/a/b/c/d", "tree/a/b/e"] as [TreePath]
        let nodes = mine.map { exchange.client.tree.node(at: $0) }
        #expect(!nodes.contains(nil))
        exchange.remote(.add(["y": [:]]), "tree/x")
        exchange.remote(.move(to: "tree/x/q"), "tree/x/y")
        exchange.remote(.delete, "tree/x")
        while !exchange.isQuiet {
            exchange.deliverToClient()
            #expect(mine.map { exchange.client.tree.node(at: $0) } == nodes)
            exchange.deliverToServer()
        }
        #expect(mine.map { exchange.client.tree.node(at: $0) } == nodes)
        try exchange.expectAgreement()
    }

    @Test("Where others create part of what an edit creates, the rest keeps its identities")
    func partlyCreatedByOthers() throws {
        var exchange = exchange()
        _ = exchange.edit(.add(["d": [:]]), "tree/a/b/c")
        let c = exchange.client.tree.node(at: "tree/a/b/c")
        let d = exchange.client.tree.node(at: "tree/a/b/c/d")
        exchange.remote(.add([:]), "tree/a")
        exchange.deliverToClient()
        #expect(exchange.client.tree.node(at: "tree/a/b/c") == c)
        #expect(exchange.client.tree.node(at: "tree/a/b/c/d") == d)
        exchange.deliverAll()
        #expect(exchange.client.tree.node(at: "tree/a/b/c") == c)
        try exchange.expectAgreement()
    }

    @Test("An edit that the server carried over to another address is known by its id, and its nodes by their places")
    func carriedOver() throws {
        var client = OptimisticReplica()
        let now = Timestamp(milliseconds: 9)
        _ = client.receive([Patch(.add([:]), "tree/a", seq: SequenceNumber(1))], now: now)
        var patch = Patch.by("ann", at: 5, .add(["k": [:]]), "tree/a/n/m")
        patch.id = "1"
        _ = try client.edit(patch, now: now)
        let m = client.tree.node(at: "tree/a/n/m")
        let k = client.tree.node(at: "tree/a/n/m/k")
        _ = client.receive([Patch(.move(to: "tree/x/y/b"), "tree/a", seq: SequenceNumber(2))], now: now)
        #expect(client.pending.first?.isShown == false || client.tree.node(at: "tree/a/n/m") == m)
        patch.path = "tree/x/y/b/n/m"
        patch.seq = SequenceNumber(3)
        _ = client.receive([patch], now: now)
        #expect(client.pending.isEmpty)
        #expect(client.tree.node(at: "tree/x/y/b/n/m") == m)
        #expect(client.tree.node(at: "tree/x/y/b/n/m/k") == k)
        client.tree.expectWhole()
    }

    @Test("A deletion that is still pending gives nodes of others no identity of its own")
    func pendingDeletion() throws {
        var exchange = exchange(["a": ["b": [:]], "c": [:]])
        let gone = exchange.client.tree.everything.map(\.node)
        _ = exchange.edit(.delete, "tree/a")
        _ = exchange.edit(.add(["n": [:]]), "tree/a")
        exchange.remote(.add([:]), "tree/d")
        exchange.deliverToClient()
        #expect(!gone.contains { $0 == exchange.client.tree.node(at: "tree/d") })
        #expect(!gone.contains { $0 == exchange.client.tree.node(at: "tree/a") })
        exchange.deliverAll()
        try exchange.expectAgreement()
    }

    @Test("Someone deletes the parent of what is being edited")
    func parentDeleted() throws {
        var exchange = exchange(["a": ["b": ["x": 1]]])
        exchange.remote(.delete, "tree/a")
        _ = exchange.edit(.edit(["x": 2]), "tree/a/b")
        _ = exchange.edit(.add(["new": [:]]), "tree/a/b/c")
        _ = exchange.edit(.delete, "tree/a/b/x")
        exchange.deliverToClient()
        #expect(exchange.client.tree.json == ["a": ["b": ["c": ["new": [:]]]]])
        exchange.deliverAll()
        try exchange.expectAgreement()
    }

    @Test("The time of an edit is after all that was seen, whatever the clock says")
    func timestamps() {
        var client = OptimisticReplica()
        let now = Timestamp(milliseconds: 5)
        #expect(client.timestamp(now: now) == now)
        _ = client.receive([.by("", at: 50, .add(1), "tree/p")], now: now)
        #expect(client.timestamp(now: now) == Timestamp(milliseconds: 51))
        _ = client.receive([.by("", at: .max, .add(1), "tree/q")], now: now)
        #expect(client.timestamp(now: now) == Timestamp(milliseconds: .max))
    }

    @Test("A patch that cannot be applied is told, and the others are applied")
    func unappliable() {
        var client = OptimisticReplica()
        let patches = [
            Patch(.add(1), "tree/p", seq: SequenceNumber(1)), Patch(.add([:]), "tree/p/x", seq: SequenceNumber(2)),
            Patch(.add(2), "tree/q", seq: SequenceNumber(3)),
        ]
        let received = client.receive(patches, now: Timestamp(milliseconds: 1))
        #expect(received.map { (try? $0.outcome.get()) != nil } == [true, false, true])
        #expect(client.tree.json == ["p": 1, "q": 2])
    }

    @Test("A snapshot in chunks goes below the edits that are pending")
    func snapshot() throws {
        var client = OptimisticReplica()
        var patch = Patch.by("ann", at: 5, .add(["x": 1]), "tree/a/mine")
        patch.id = "1"
        _ = try client.edit(patch, now: Timestamp(milliseconds: 5))
        let mine = client.tree.node(at: "tree/a/mine")
        let nodes = [TreePath.root, "tree/a", "tree/b"].map {
            Snapshot.Node(path: $0, properties: ["y": 1], children: 0, timestamp: nil)
        }
        for (place, node) in nodes.enumerated() {
            let chunk = Snapshot(id: "s", path: .root, seq: .zero, nodes: [node], more: place < 2)
            #expect((client.receive(chunk) != nil) == (place == 2))
        }
        #expect(client.tree.json == ["y": 1, "a": ["y": 1, "mine": ["x": 1]], "b": ["y": 1]])
        #expect(client.tree.node(at: "tree/a/mine") == mine)
        client.acknowledged("1", at: nil)
        client.tree.expectWhole()
    }

    @Test("Two snapshots at once do not disturb one another")
    func twoSnapshots() {
        var client = OptimisticReplica()
        func chunk(_ id: String, _ top: TreePath, _ path: TreePath, more: Bool) -> Snapshot {
            let node = Snapshot.Node(path: path, properties: [:], children: 0, timestamp: nil)
            return Snapshot(id: id, path: top, seq: .zero, nodes: [node], more: more)
        }
        #expect(client.receive(chunk("s", "tree/a", "tree/a", more: true)) == nil)
        #expect(client.receive(chunk("t", "tree/b", "tree/b", more: true)) == nil)
        #expect(client.receive(chunk("s", "tree/a", "tree/a/x", more: false))?.added == 2)
        #expect(client.receive(chunk("t", "tree/b", "tree/b/y", more: false))?.added == 2)
        #expect(client.tree.json == ["a": ["x": [:]], "b": ["y": [:]]])
    }

    @Test("After a lost connection a snapshot begins anew")
    func connectionLost() {
        var client = OptimisticReplica()
        let root = Snapshot.Node(path: .root, properties: [:], children: 1, timestamp: nil)
        let old = Snapshot.Node(path: "tree/old", properties: [:], children: 0, timestamp: nil)
        _ = client.receive(Snapshot(id: "s", path: .root, seq: .zero, nodes: [root, old], more: true))
        client.connectionLost()
        let summary = client.receive(Snapshot(id: "s", path: .root, seq: .zero, nodes: [root], more: false))
        #expect(summary?.removed == 1)
        #expect(client.tree.json == [:])
    }
}

@Suite("What undoes an edit that is pending")
struct PendingInverseTests {
    private func replica(_ json: JSONValue) -> OptimisticReplica {
        var replica = OptimisticReplica()
        _ = replica.receive(Snapshot(of: json, seq: nil))
        return replica
    }

    private func patches(_ steps: [(Patch.Operation, TreePath)]) -> [Patch] {
        steps.enumerated().map { index, step in Patch(step.0, step.1, id: "p\(index)") }
    }

    @Test("The last step comes first, each as its own address was then")
    func batch() throws {
        var replica = replica(["a": ["x": 1], "b": [:]])
        try replica.edit(
            batch: patches([(.edit(["x": 2]), "tree/a"), (.move(to: "tree/b/a"), "tree/a")]), id: "e",
            now: Timestamp(milliseconds: 1))
        #expect(
            replica.pending.last?.inverse == [Patch(.move(to: "tree/a"), "tree/b/a"), Patch(.edit(["x": 1]), "tree/a")]
        )
    }

    @Test("Where a part cannot be undone, nothing is")
    func partly() throws {
        var replica = replica(["a": ["x": 1], "b": [:]])
        let chunk = Snapshot(
            id: "s", path: "tree/b", seq: SequenceNumber(1),
            nodes: [Snapshot.Node(path: "tree/b", properties: [:], children: 3, timestamp: nil)], more: false)
        _ = replica.receive(chunk, refining: true)
        try replica.edit(
            batch: patches([(.delete, "tree/b"), (.edit(["x": 2]), "tree/a")]), id: "e",
            now: Timestamp(milliseconds: 1))
        #expect(replica.pending.last?.inverse == [])
    }
}
