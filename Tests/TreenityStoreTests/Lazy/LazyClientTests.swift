import Testing
import TreenityProtocol

@testable import TreenityStore

@Suite("A client that shows parts of a tree")
struct LazyClientTests {
    private var client = OptimisticReplica()
    private let now = Timestamp(milliseconds: 1_000)
    private let whole: Replica

    /// At place 5 the root and its children are loaded.
    init() throws {
        whole = try Replica(["a": ["b": ["c": [:]], "p": 1], "d": ["e": [:], "f": [:], "g": [:]], "h": ["i": [:]]])
        client.sessionBegan(
            Welcome(
                session: "s", user: "ann", epoch: "e", seq: SequenceNumber(5), time: now,
                maximumMessageBytes: 1 << 20, maximumBatch: 100))
        snapshot(.root, depth: 1, of: whole, at: 5, refining: false)
    }

    // MARK: Steps

    private func chunks(
        _ path: TreePath, depth: Int?, of tree: Replica, at seq: Int64, size: Int = 1_000
    ) -> [Snapshot] {
        let nodes = tree.node(at: path).map { Array(tree.snapshotNodes(of: $0, depth: depth)) } ?? []
        return stride(from: 0, to: max(1, nodes.count), by: size).map { start in
            let rest = nodes.dropFirst(start)
            return Snapshot(
                id: "\(path)", path: path, seq: SequenceNumber(seq), nodes: Array(rest.prefix(size)),
                more: rest.count > size)
        }
    }

    @discardableResult
    private mutating func snapshot(
        _ path: TreePath, depth: Int?, of tree: Replica, at seq: Int64, refining: Bool = true
    ) -> SnapshotLoad.Summary? {
        chunks(path, depth: depth, of: tree, at: seq).map { client.receive($0, refining: refining) }.last ?? nil
    }

    @discardableResult
    private mutating func remote(_ seq: Int64, _ operation: Patch.Operation, _ path: TreePath) -> [Received] {
        var patch = Patch.by("bob", at: 1_000 + seq, operation, path)
        patch.seq = SequenceNumber(seq)
        return client.receive([patch], now: now)
    }

    private mutating func edit(_ id: String, _ operation: Patch.Operation, _ path: TreePath) throws {
        var patch = Patch.by("ann", at: 2_000, operation, path)
        patch.id = id
        try client.edit(patch, now: now)
    }

    private func isLoaded(_ path: TreePath) -> Bool? { client.tree.node(at: path).map(client.tree.isLoaded) }

    // MARK: Patches and chunks

    @Test("Patches that come between the chunks of a snapshot wait for the last one")
    mutating func waiting() throws {
        let chunks = chunks("tree/d", depth: 1, of: whole, at: 5, size: 2)
        #expect(client.receive(chunks[0], refining: true) == nil)
        #expect(client.loading == ["tree/d"])
        #expect(remote(6, .delete, "tree/d/f").count == 0)
        client.reached(SequenceNumber(9))
        #expect(client.applied == SequenceNumber(5))
        #expect(client.receive(chunks[1], refining: true)?.added == 3)
        #expect(client.tree.node(at: "tree/d/f") != nil)
        #expect(client.receive([], now: now).map(\.patch.path) == ["tree/d/f"])
        #expect(client.tree.json(at: "tree/d") == ["e": [:], "g": [:]])
        #expect(client.applied == SequenceNumber(9))
        #expect(client.loading == [])
    }

    @Test("Several snapshots of one place can come at once")
    mutating func several() throws {
        let one = chunks("tree/d", depth: 1, of: whole, at: 5, size: 2)
        let other = chunks("tree/a", depth: nil, of: whole, at: 5, size: 1)
        for chunk in [one[0], other[0], other[1], one[1], other[2]] { _ = client.receive(chunk, refining: true) }
        #expect(client.tree.json(at: "tree/d") == whole.json(at: "tree/d"))
        #expect(client.tree.json(at: "tree/a") == whole.json(at: "tree/a"))
    }

    @Test("A snapshot that begins while patches wait is of a later tree, and passed over")
    mutating func outOfTurn() throws {
        let chunks = chunks("tree/d", depth: 1, of: whole, at: 5, size: 2)
        _ = client.receive(chunks[0], refining: true)
        remote(6, .delete, "tree/a/b")
        var later = whole
        _ = try later.apply(Patch(.delete, "tree/a/b"), .decided)
        #expect(snapshot("tree/a", depth: 1, of: later, at: 6)?.isPassedOver == true)
        _ = client.receive(chunks[1], refining: true)
        _ = client.receive([], now: now)
        #expect(client.tree.json(at: "tree/a") == ["p": 1])
        #expect(isLoaded("tree/a") == true)
    }

    @Test("For a snapshot that is passed over nothing waits")
    mutating func notWaiting() {
        _ = client.receive(chunks("tree/a/b", depth: 1, of: whole, at: 5, size: 1)[0], refining: true)
        #expect(client.loading == [])
        #expect(remote(6, .delete, "tree/h").count == 1)
    }

    @Test("A snapshot of an earlier tree is passed over")
    mutating func outdated() {
        remote(6, .delete, "tree/d/f")
        #expect(snapshot("tree/d", depth: 1, of: whole, at: 5)?.isPassedOver == true)
        #expect(isLoaded("tree/d") == false)
        #expect(client.tree.node(at: "tree/d").map(client.tree.childCount) == 2)
    }

    @Test("A snapshot of a part leaves what comes elsewhere to come")
    mutating func seen() {
        snapshot("tree/d", depth: 1, of: whole, at: 7)
        remote(6, .edit(["p": 2]), "tree/a")
        #expect(client.tree.json(at: "tree/a/p") == 2)
    }

    @Test("Patches that a part has been told are not applied to it again")
    mutating func notTwice() {
        var later = whole
        _ = try? later.apply(Patch(.edit(["n": 2]), "tree/d/e"), .decided)
        snapshot("tree/d", depth: 1, of: later, at: 7)
        #expect(remote(6, .edit(["n": 1]), "tree/d/e").count == 0)
        #expect(client.tree.json(at: "tree/d/e/n") == 2)
        remote(8, .edit(["n": 3]), "tree/d/e")
        #expect(client.tree.json(at: "tree/d/e/n") == 3)
    }

    @Test("A patch that is told to a part and means something elsewhere leaves the part to be asked for again")
    mutating func torn() throws {
        var later = whole
        _ = try later.apply(Patch(.move(to: "tree/d/h"), "tree/h"), .decided)
        snapshot("tree/d", depth: 1, of: later, at: 6)
        let before = client.tree.json(at: .root)
        let change = try #require(remote(6, .move(to: "tree/d/h"), "tree/h").first).outcome.get()
        #expect(client.tree.json(at: .root) == ["a": ["p": 1], "d": [:]])
        #expect(change.doubtful == [try #require(client.tree.node(at: "tree/d"))])
        #expect(client.takeInquiries() == ["tree/d"])
        var copy = client.tree
        copy.revert(change)
        #expect(copy.json(at: .root) == before)
    }

    @Test("Several patches of one place come together, and each counts once")
    mutating func onePlace() {
        var patches = [Patch.by("bob", at: 1, .delete, "tree/h"), .by("bob", at: 1, .add(["x": 1]), "tree/n")]
        for place in patches.indices { patches[place].seq = SequenceNumber(6) }
        #expect(client.receive([patches[0], patches[1], patches[1]], now: now).count == 2)
        #expect(client.receive(patches, now: now).count == 0)
        #expect(client.tree.node(at: "tree/h") == nil)
        #expect(client.tree.json(at: "tree/n") == ["x": 1])
    }

    @Test("Where a subscription ends before its snapshot, nothing waits any longer")
    mutating func givenUp() throws {
        _ = client.receive(chunks("tree/d", depth: 1, of: whole, at: 5, size: 2)[0], refining: true)
        remote(6, .delete, "tree/h")
        client.subscriptionEnded("tree/d")
        #expect(isLoaded("tree/d") == false)
        #expect(client.takeInquiries() == ["tree/d"])
        #expect(client.receive([], now: now).count == 1)
        #expect(client.applied == SequenceNumber(6))
        client.tree.expectSlots()
    }

    // MARK: Doubts

    @Test("Each doubt is told once, and again where the answer did not help")
    mutating func inquiries() throws {
        #expect(client.takeInquiries() == [])
        remote(6, .add([:]), "tree/a/n/m")
        remote(7, .add([:]), "tree/a/n/o")
        #expect(client.takeInquiries() == ["tree/a"])
        remote(8, .move(to: "tree/z"), "tree/a")
        #expect(client.takeInquiries() == [])
        snapshot("tree/a", depth: 0, of: Replica(), at: 8)
        #expect(client.takeInquiries() == ["tree/z"])
        snapshot("tree/z", depth: 0, of: try Replica(["z": ["p": 1, "b": [:], "n": [:]]]), at: 8)
        #expect(client.takeInquiries() == [])
        #expect(client.tree.node(at: "tree/z").map(client.tree.childCount) == 2)
        #expect(client.tree.doubtfulNodes == [])
    }

    @Test("What is asked for is named as the server knows it, below the pending edits")
    mutating func inquiryBelowEdits() throws {
        try edit("1", .move(to: "tree/z"), "tree/a")
        remote(6, .add([:]), "tree/a/n/m")
        #expect(client.takeInquiries() == ["tree/a"])
        #expect(client.tree.doubtfulNodes.map(client.tree.path(of:)) == ["tree/z"])
    }

    @Test("What may be a property is asked for before its parent")
    mutating func inquiryAboutAnything() {
        remote(6, .move(to: "tree/d2"), "tree/a/b/c")
        #expect(client.takeInquiries() == ["tree/d2", "tree"])
    }

    @Test("Without an answer, a doubt is told again on the next connection")
    mutating func lostInquiry() {
        remote(6, .add([:]), "tree/a/n/m")
        #expect(client.takeInquiries() == ["tree/a"])
        client.connectionLost()
        #expect(client.takeInquiries() == ["tree/a"])
        #expect(client.applied == SequenceNumber(6))
    }

    // MARK: Connections

    @Test("A refinement that breaks off leaves its node not loaded, and all else to go on from")
    mutating func broken() throws {
        let chunks = chunks("tree/d", depth: 1, of: whole, at: 5, size: 2)
        _ = client.receive(chunks[0], refining: true)
        remote(6, .delete, "tree/h")
        client.connectionLost()
        #expect(client.applied == SequenceNumber(5))
        #expect(isLoaded("tree/d") == false)
        #expect(client.takeInquiries() == ["tree/d"])
        client.tree.expectSlots()
        remote(6, .delete, "tree/h")
        #expect(client.tree.node(at: "tree/h") == nil)
    }

    @Test("After a renewal what was unfolded is to be unfolded again")
    mutating func renewal() throws {
        snapshot("tree/a", depth: nil, of: whole, at: 5)
        let node = client.tree.node(at: "tree/a")
        client.connectionLost()
        snapshot(.root, depth: 1, of: whole, at: 9, refining: false)
        #expect(client.tree.node(at: "tree/a") == node)
        #expect(isLoaded("tree/a") == false)
        #expect(snapshot("tree/a/b", depth: 1, of: whole, at: 9)?.isPassedOver == true)
        #expect(snapshot("tree/a", depth: 1, of: whole, at: 9)?.added == 1)
        #expect(snapshot("tree/a/b", depth: 1, of: whole, at: 9)?.added == 1)
        #expect(client.tree.json(at: "tree/a") == whole.json(at: "tree/a"))
    }

    // MARK: Edits

    @Test("An edit whose place is not loaded any more waits unseen, and is shown again")
    mutating func pendingBelow() throws {
        snapshot("tree/d", depth: 1, of: whole, at: 5)
        try edit("1", .edit(["x": 1]), "tree/d/e")
        snapshot(.root, depth: 1, of: whole, at: 5, refining: false)
        #expect(client.pending.map(\.isShown) == [false])
        snapshot("tree/d", depth: 1, of: whole, at: 5)
        #expect(client.pending.map(\.isShown) == [true])
        #expect(client.tree.json(at: "tree/d/e") == ["x": 1])
        client.refused("1")
        #expect(client.tree.json(at: "tree/d/e") == [:])
        client.tree.expectSlots()
    }

    @Test("What a pending edit has to do with is not dropped, nor what is being loaded")
    mutating func unloading() throws {
        snapshot("tree/d", depth: 1, of: whole, at: 5)
        let node = try #require(client.tree.node(at: "tree/d"))
        try edit("1", .edit(["x": 1]), "tree/d/e")
        #expect(client.unload(node) == false)
        #expect(client.tree.isLoaded(node))
        client.acknowledged("1", at: nil)
        let chunks = chunks("tree/d", depth: 1, of: whole, at: 5, size: 2)
        _ = client.receive(chunks[0], refining: true)
        #expect(client.unload(node) == false)
        #expect(client.unload(client.tree.root) == false)
        _ = client.receive(chunks[1], refining: true)
        #expect(client.unload(node) == true)
        #expect(client.tree.childCount(of: node) == 3)
        #expect(isLoaded("tree/d") == false)
        client.tree.expectSlots()
    }

    @Test("While a part is refined, texts can be edited; not while the tree is renewed")
    mutating func texts() throws {
        remote(6, .add("text"), "tree/t")
        let edit = TextEdit([.insert("a ")]).json
        _ = client.receive(chunks("tree/d", depth: 1, of: whole, at: 6, size: 2)[0], refining: true)
        try self.edit("1", .edit(edit), "tree/t")
        client.refused("1")
        _ = client.receive(chunks(.root, depth: 1, of: whole, at: 6, size: 2)[0])
        #expect(throws: Refusal.self) { try self.edit("2", .edit(edit), "tree/t") }
    }
}
