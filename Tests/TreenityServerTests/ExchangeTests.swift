import Testing
import TreenityLog
import TreenityProtocol
import TreenitySequencer

@testable import TreenityServer

@Suite struct ExchangeTests {
    private var meeting: Meeting

    init() throws {
        var limits = Limits()
        limits.maximumBatch = 3
        limits.maximumSubscriptions = 2
        meeting = try Meeting(#"{"a":{"b":{"p":1}},"d":{"q":2}}"#, limits: limits)
    }

    private func edit(_ path: TreePath, _ value: JSONValue, id: String? = nil) -> ClientFrame {
        .patch(Patch(.edit(value), path, id: id))
    }

    // MARK: Sessions

    @Test("A session is greeted, a bare connection is not")
    mutating func greeting() async {
        let session = meeting.exchange.connect(Session(.frames, name: "x"), now: Meeting.now)
        #expect(brief(await session.reaction.sent[1]) == ["WELCOME x epoch #0"])
        let bare = meeting.exchange.connect(Session(.bare, name: "y"), now: Meeting.now)
        #expect(bare.reaction.deliveries.isEmpty)
    }

    @Test("The patch comes before its ACK, and goes to all who see it")
    mutating func order() async {
        let root = meeting.subscriber(to: .root)
        let near = meeting.subscriber(to: "tree/a")
        let far = meeting.subscriber(to: "tree/d")
        let bare = meeting.connect(.bare)
        let sent = await meeting.send(edit("tree/a/b/p", 5, id: "c1"), edit("tree/d/q", 5, id: "c2"), from: root)
        let patches = ["EDIT tree/a/b/p #1", "EDIT tree/d/q #2"]
        #expect(
            brief(sent[root.number]) == ["BATCH tree/a/b/p #1 tree/d/q #2", "ACK c1 #1", "ACK c2 #2"])
        #expect(brief(sent[near.number]) == [patches[0]])
        #expect(brief(sent[far.number]) == [patches[1]])
        #expect(brief(sent[bare.number]) == patches)
    }

    @Test("What one session sends at once goes to all who see the same in one delivery")
    mutating func packing() async {
        let writer = meeting.connect(.frames)
        for _ in 0..<5 { _ = meeting.subscriber(to: .root) }
        _ = meeting.connect(.bare)
        let frames = (0..<10).map {
            Result<ClientFrame, FrameError>.success(edit("tree/d/q", .integer($0), id: "\($0)"))
        }
        let deliveries = meeting.receive(frames, from: writer).deliveries
        // The ACKs are the third.
        #expect(deliveries.map(\.recipients.count) == [5, 1, 1])
    }

    @Test("A snapshot comes behind what made the tree so, and later patches behind the snapshot")
    mutating func subscribing() async {
        let id = meeting.subscriber(to: "tree/d")
        let sent = await meeting.send(
            edit("tree/d/q", 3), .subscribe(Subscription(id: "2", path: "tree/a")), edit("tree/a/b/p", 4), from: id)
        #expect(brief(sent[id.number]) == ["EDIT tree/d/q #1", "SNAPSHOT 2 #1 2", "EDIT tree/a/b/p #2"])
    }

    @Test("Several subscriptions get each patch once")
    mutating func overlap() async {
        let id = meeting.subscriber(to: "tree/a")
        _ = await meeting.send(.subscribe(Subscription(id: "2", path: .root)), from: id)
        #expect(brief(await meeting.send(edit("tree/a/b/p", 4), from: id)[id.number]) == ["EDIT tree/a/b/p #1"])
        _ = await meeting.send(.unsubscribe(id: "2"), from: id)
        #expect(await meeting.send(edit("tree/d/q", 4), from: id)[id.number] == nil)
        #expect(brief(await meeting.send(edit("tree/a/b/p", 4), from: id)[id.number]) == ["EDIT tree/a/b/p #3"])
    }

    @Test("A subscription to nothing has a snapshot of no nodes and sees the later creation")
    mutating func subscribingToNothing() async {
        let id = meeting.connect(.frames)
        #expect(
            brief(await meeting.send(.subscribe(Subscription(id: "1", path: "tree/x/y")), from: id)[1]) == [
                "SNAPSHOT 1 #0 0"
            ])
        let add = ClientFrame.patch(Patch(.add(["y": ["z": 1]]), "tree/x"))
        #expect(brief(await meeting.send(add, from: id)[1]) == ["ADD tree/x/y #1"])
    }

    @Test("A snapshot is as deep as asked for, and tells how many children there are")
    mutating func depth() async {
        let id = meeting.connect(.frames)
        let sent = await meeting.send(.subscribe(Subscription(id: "1", path: .root, depth: 0)), from: id)
        guard case .snapshot(let snapshot) = sent[1]?.first else {
            Issue.record("no snapshot")
            return
        }
        #expect(snapshot.nodes.map(\.children) == [2])
        #expect(!snapshot.more)
    }

    @Test("What cannot be subscribed to is refused")
    mutating func refusedSubscriptions() async {
        let id = meeting.connect(.frames)
        let property = await meeting.send(.subscribe(Subscription(id: "1", path: "tree/d/q")), from: id)
        #expect(brief(property[1]) == ["ERROR 1 type-mismatch -1"])
        _ = await meeting.send(.subscribe(Subscription(id: "1", path: "tree/a")), from: id)
        _ = await meeting.send(.subscribe(Subscription(id: "2", path: "tree/a")), from: id)
        #expect(
            brief(await meeting.send(.subscribe(Subscription(id: "3", path: .root)), from: id)[1]) == [
                "ERROR 3 too-large -1"
            ])
        #expect(
            brief(await meeting.send(.subscribe(Subscription(id: "2", path: .root)), from: id)[1]) == [
                "SNAPSHOT 2 #0 4"
            ])
        #expect(brief(await meeting.send(.unsubscribe(id: "3"), from: id)[1]) == ["ERROR 3 not-found -1"])
    }

    // MARK: Batches and refusals

    @Test("A batch is one frame to sessions and single patches to bare connections")
    mutating func batches() async {
        let session = meeting.subscriber(to: .root)
        let near = meeting.subscriber(to: "tree/a")
        let bare = meeting.connect(.bare)
        let batch = ClientFrame.batch(
            id: "b", patches: [Patch(.edit(4), "tree/d/q"), Patch(.edit(5), "tree/a/b/p")])
        let sent = await meeting.send(batch, from: session)
        #expect(brief(sent[session.number]) == ["BATCH tree/d/q #1 tree/a/b/p #2", "ACK b #2"])
        #expect(brief(sent[near.number]) == ["EDIT tree/a/b/p #2"])
        #expect(brief(sent[bare.number]) == ["EDIT tree/d/q #1", "EDIT tree/a/b/p #2"])
    }

    @Test("A batch that is refused shows nobody anything, and leaves nothing behind")
    mutating func refusedBatch() async {
        let id = meeting.subscriber(to: "tree/n/x")
        let batch = ClientFrame.batch(
            id: "b", patches: [Patch(.add(["x": 1]), "tree/n"), Patch(.delete, "tree/none")])
        #expect(brief(await meeting.send(batch, from: id)[id.number]) == ["ERROR b not-found 1"])
        let add = ClientFrame.patch(Patch(.add(["x": 1]), "tree/n"))
        #expect(brief(await meeting.send(add, from: id)[id.number]) == ["ADD tree/n/x #1"])
    }

    @Test("Several frames of one place in the order come in one batch")
    mutating func splitMove() async {
        let id = meeting.subscriber(to: "tree/a/b")
        _ = await meeting.send(.subscribe(Subscription(id: "2", path: "tree/x/b")), from: id)
        let move = ClientFrame.patch(Patch(.move(to: "tree/x"), "tree/a"))
        #expect(brief(await meeting.send(move, from: id)[id.number]) == ["BATCH tree/a/b #1 tree/x/b #1"])
    }

    @Test("Refusals and what cannot be read are answered by id; a bare connection gets no answer")
    mutating func errors() async {
        let session = meeting.connect(.frames)
        let bare = meeting.connect(.bare)
        let batch = ClientFrame.batch(id: "b", patches: Array(repeating: Patch(.delete, "tree/x"), count: 4))
        let frames: [Result<ClientFrame, FrameError>] = [
            .success(.patch(Patch(.delete, "tree/x", id: "c"))), .success(batch),
            .failure(FrameError(id: nil, refusal: Refusal(.invalidJSON, "?"))),
            .success(.history(HistoryQuery(id: "h", path: .root))), .success(.result(id: "r", value: 1)),
        ]
        let answers = await meeting.receive(frames, from: session).sent
        #expect(
            brief(answers[session.number]) == [
                "ERROR b too-large -1", "ERROR - invalid-json -1", "ERROR c not-found -1", #"FOUND ["tree"] false"#,
                "ERROR r no-action -1",
            ])
        let reaction = meeting.receive(frames, from: bare)
        #expect(reaction.deliveries.isEmpty)
        #expect(reaction.unanswered.count == 5)
    }

    @Test("A repeated id is answered again and not sent on again")
    mutating func repeats() async {
        let id = meeting.subscriber(to: .root)
        let add = ClientFrame.patch(Patch(.add(1), "tree/x", id: "c"))
        #expect(brief(await meeting.send(add, from: id)[id.number]) == ["ADD tree/x #1", "ACK c #1"])
        #expect(brief(await meeting.send(add, from: id)[id.number]) == ["ACK c #1"])
    }

    // MARK: Patches from inside, search and presence

    @Test("Patches from inside are decided on alone and sent on together")
    mutating func submitting() async {
        let id = meeting.subscriber(to: .root)
        let patches = [Patch(.add(1), "tree/x"), Patch(.delete, "tree/none"), Patch(.edit(2), "tree/x")]
        let (entries, tickets) = meeting.exchange.submit(patches, user: "machine", now: Meeting.now)
        let reaction = meeting.pass(Reaction(submissions: entries))
        #expect(reaction.verdicts.map(\.ticket) == tickets)
        #expect(reaction.verdicts.map { try? $0.1.get().seq.value } == [1, nil, 2])
        #expect(reaction.deliveries.count == 1)
        #expect(brief(await reaction.sent[id.number]) == ["BATCH tree/x #1 tree/x #2"])
    }

    @Test(
        "A search finds nodes by name, key and scalar value, whatever the case",
        arguments: [
            ("B", ["tree/a/b"]), ("q", ["tree/d"]), ("É", ["tree/d"]), ("tree", ["tree"]), ("12", ["tree/d"]),
            ("ELEM", []), ("none", []), ("", ["tree", "tree/a", "tree/a/b", "tree/d"]),
        ])
    mutating func search(query: String, paths: [String]) async {
        let id = meeting.connect(.frames)
        _ = await meeting.send(edit("tree/d", ["q": "Caf\u{E9} 12", "list": ["elem"]]), from: id)
        let sent = await meeting.send(.find(FindQuery(id: "f", path: .root, query: query)), from: id)
        #expect(brief(sent[id.number]) == ["FOUND \(paths) false"])
    }

    @Test("A search says where it stopped")
    mutating func searchLimit() async {
        let id = meeting.connect(.frames)
        let sent = await meeting.send(.find(FindQuery(id: "f", path: .root, query: "", limit: 2)), from: id)
        #expect(brief(sent[id.number]) == [#"FOUND ["tree", "tree/a"] true"#])
    }

    @Test("Presence tells every session who looks where, until they are gone")
    mutating func presence() async {
        let ann = meeting.connect(.frames, "s1")
        let bob = meeting.connect(.frames, "s2")
        _ = meeting.connect(.bare)
        _ = await meeting.send(.patch(Patch(.edit(3), "tree/d/q", meta: ["user": "ann"])), from: ann)
        let looked = meeting.receive([.success(.presence("tree/d"))], from: ann)
        #expect(looked.movesPresence)
        let told = await meeting.exchange.presences().sent
        #expect(told.keys.sorted() == [ann.number, bob.number])
        #expect(brief(told[bob.number]) == [#"PRESENCE ["s1 ann tree/d"]"#])
        let left = meeting.exchange.disconnect(ann)
        #expect(left.movesPresence)
        #expect(brief(await meeting.exchange.presences().sent[bob.number]) == ["PRESENCE []"])
    }

    @Test("Where thousands look, those are told of who moved last, in a frame of limited size")
    mutating func manyPresences() async throws {
        let all = (0..<3_000).map { meeting.connect(.frames, "s\($0)") }
        for id in all { _ = meeting.receive([.success(.presence("tree/d"))], from: id) }
        _ = meeting.receive([.success(.presence("tree/a"))], from: all[7])
        let frame = try #require(await meeting.exchange.presences().sent[all[0].number]?.first)
        guard case .presence(let told) = frame else {
            Issue.record("no presences: \(frame)")
            return
        }
        #expect(told.prefix(3).map(\.session) == ["s7", "s2999", "s2998"])
        #expect(frame.encoded().count < 33 << 10)
        #expect(frame.encoded().count > 16 << 10)
    }
}
