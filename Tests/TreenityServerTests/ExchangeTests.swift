import Testing
import TreenityProtocol
import TreenitySequencer
import TreenityStore

@testable import TreenityServer

private let now = Timestamp(milliseconds: 1_000)

@Suite struct ExchangeTests {
    private var exchange: Exchange

    init() throws {
        let tree = try Import(JSONValue(parsing: #"{"a":{"b":{"p":1}},"d":{"q":2}}"#)).tree
        var limits = Limits()
        limits.maximumBatch = 3
        limits.maximumSubscriptions = 2
        exchange = Exchange(Sequencer(tree: tree, epoch: "epoch"), limits: limits)
    }

    // MARK: What is seen, by the number of the session

    private mutating func connect(_ dialect: Session.Dialect, _ name: String = "s") -> SessionID {
        exchange.connect(Session(dialect, name: name), now: now).id
    }

    /// A session that has got its greeting and snapshot.
    private mutating func subscriber(to path: TreePath, _ name: String = "s") -> SessionID {
        let id = connect(.frames, name)
        _ = send(.subscribe(Subscription(id: "1", path: path)), from: id)
        return id
    }

    private mutating func send(_ frames: ClientFrame..., from id: SessionID) -> [Int: [ServerFrame]] {
        sent(exchange.receive(frames.map { .success($0) }, from: id, now: now).deliveries)
    }

    private func sent(_ deliveries: [Delivery]) -> [Int: [ServerFrame]] {
        deliveries.reduce(into: [:]) { sent, delivery in
            for recipient in delivery.recipients {
                switch delivery.content {
                case .frames(let frames): sent[recipient.number, default: []] += frames
                case .made(let source): sent[recipient.number, default: []] += Array(source.makeFrames())
                }
            }
        }
    }

    private func brief(_ frames: [ServerFrame]?) -> [String] {
        (frames ?? []).map { frame in
            switch frame {
            case .patch(let patch): "\(patch.operation.name) \(patch.path) #\(patch.seq?.value ?? 0)"
            case .batch(let patches):
                "BATCH " + patches.map { "\($0.path) #\($0.seq?.value ?? 0)" }.joined(separator: " ")
            case .ack(let answer): "ACK \(answer.id) #\(answer.seq.value)"
            case .error(let id, let refusal): "ERROR \(id ?? "-") \(refusal.code.rawValue) \(refusal.index ?? -1)"
            case .snapshot(let snapshot): "SNAPSHOT \(snapshot.id) #\(snapshot.seq.value) \(snapshot.nodes.count)"
            case .found(_, let paths, let more): "FOUND \(paths.map(\.text)) \(more)"
            case .presence(let all): "PRESENCE \(all.map { "\($0.session) \($0.user) \($0.path?.text ?? "-")" })"
            case .welcome(let welcome): "WELCOME \(welcome.session) \(welcome.epoch) #\(welcome.seq.value)"
            default: "\(frame)"
            }
        }
    }

    private func edit(_ path: TreePath, _ value: JSONValue, id: String? = nil) -> ClientFrame {
        .patch(Patch(.edit(value), path, id: id))
    }

    // MARK: Sessions

    @Test("A session is greeted, a bare connection is not")
    mutating func greeting() {
        let session = exchange.connect(Session(.frames, name: "x"), now: now)
        #expect(brief(sent(session.reaction.deliveries)[1]) == ["WELCOME x epoch #0"])
        let bare = exchange.connect(Session(.bare, name: "y"), now: now)
        #expect(bare.reaction.deliveries.isEmpty)
    }

    @Test("The patch comes before its ACK, and goes to all who see it")
    mutating func order() {
        let root = subscriber(to: .root)
        let near = subscriber(to: "tree/a")
        let far = subscriber(to: "tree/d")
        let bare = connect(.bare)
        let sent = send(edit("tree/a/b/p", 5, id: "c1"), edit("tree/d/q", 5, id: "c2"), from: root)
        let patches = ["EDIT tree/a/b/p #1", "EDIT tree/d/q #2"]
        #expect(brief(sent[root.number]) == patches + ["ACK c1 #1", "ACK c2 #2"])
        #expect(brief(sent[near.number]) == [patches[0]])
        #expect(brief(sent[far.number]) == [patches[1]])
        #expect(brief(sent[bare.number]) == patches)
    }

    @Test("What one session sends at once goes to all who see the same in one delivery")
    mutating func packing() {
        let writer = connect(.frames)
        for _ in 0..<5 { _ = subscriber(to: .root) }
        _ = connect(.bare)
        let frames = (0..<10).map {
            Result<ClientFrame, FrameError>.success(edit("tree/d/q", .integer($0), id: "\($0)"))
        }
        let deliveries = exchange.receive(frames, from: writer, now: now).deliveries
        #expect(deliveries.map(\.recipients.count) == [6, 1])
    }

    @Test("A snapshot comes behind what made the tree so, and later patches behind the snapshot")
    mutating func subscribing() {
        let id = subscriber(to: "tree/d")
        let sent = send(
            edit("tree/d/q", 3), .subscribe(Subscription(id: "2", path: "tree/a")), edit("tree/a/b/p", 4), from: id)
        #expect(brief(sent[id.number]) == ["EDIT tree/d/q #1", "SNAPSHOT 2 #1 2", "EDIT tree/a/b/p #2"])
    }

    @Test("Several subscriptions get each patch once")
    mutating func overlap() {
        let id = subscriber(to: "tree/a")
        _ = send(.subscribe(Subscription(id: "2", path: .root)), from: id)
        #expect(brief(send(edit("tree/a/b/p", 4), from: id)[id.number]) == ["EDIT tree/a/b/p #1"])
        _ = send(.unsubscribe(id: "2"), from: id)
        #expect(send(edit("tree/d/q", 4), from: id)[id.number] == nil)
        #expect(brief(send(edit("tree/a/b/p", 4), from: id)[id.number]) == ["EDIT tree/a/b/p #3"])
    }

    @Test("A subscription to nothing has a snapshot of no nodes and sees the later creation")
    mutating func subscribingToNothing() {
        let id = connect(.frames)
        #expect(brief(send(.subscribe(Subscription(id: "1", path: "tree/x/y")), from: id)[1]) == ["SNAPSHOT 1 #0 0"])
        let add = ClientFrame.patch(Patch(.add(["y": ["z": 1]]), "tree/x"))
        #expect(brief(send(add, from: id)[1]) == ["ADD tree/x/y #1"])
    }

    @Test("A snapshot is as deep as asked for, and tells how many children there are")
    mutating func depth() {
        let id = connect(.frames)
        let sent = send(.subscribe(Subscription(id: "1", path: .root, depth: 0)), from: id)
        guard case .snapshot(let snapshot) = sent[1]?.first else {
            Issue.record("no snapshot")
            return
        }
        #expect(snapshot.nodes.map(\.children) == [2])
        #expect(!snapshot.more)
    }

    @Test("What cannot be subscribed to is refused")
    mutating func refusedSubscriptions() {
        let id = connect(.frames)
        let property = send(.subscribe(Subscription(id: "1", path: "tree/d/q")), from: id)
        #expect(brief(property[1]) == ["ERROR 1 type-mismatch -1"])
        _ = send(.subscribe(Subscription(id: "1", path: "tree/a")), from: id)
        _ = send(.subscribe(Subscription(id: "2", path: "tree/a")), from: id)
        #expect(brief(send(.subscribe(Subscription(id: "3", path: .root)), from: id)[1]) == ["ERROR 3 too-large -1"])
        #expect(brief(send(.subscribe(Subscription(id: "2", path: .root)), from: id)[1]) == ["SNAPSHOT 2 #0 4"])
        #expect(brief(send(.unsubscribe(id: "3"), from: id)[1]) == ["ERROR 3 not-found -1"])
    }

    // MARK: Batches and refusals

    @Test("A batch is one frame to sessions and single patches to bare connections")
    mutating func batches() {
        let session = subscriber(to: .root)
        let near = subscriber(to: "tree/a")
        let bare = connect(.bare)
        let batch = ClientFrame.batch(
            id: "b", patches: [Patch(.edit(4), "tree/d/q"), Patch(.edit(5), "tree/a/b/p")])
        let sent = send(batch, from: session)
        #expect(brief(sent[session.number]) == ["BATCH tree/d/q #1 tree/a/b/p #2", "ACK b #2"])
        #expect(brief(sent[near.number]) == ["EDIT tree/a/b/p #2"])
        #expect(brief(sent[bare.number]) == ["EDIT tree/d/q #1", "EDIT tree/a/b/p #2"])
    }

    @Test("A batch that is refused shows nobody anything, and leaves nothing behind")
    mutating func refusedBatch() {
        let id = subscriber(to: "tree/n/x")
        let batch = ClientFrame.batch(
            id: "b", patches: [Patch(.add(["x": 1]), "tree/n"), Patch(.delete, "tree/none")])
        #expect(brief(send(batch, from: id)[id.number]) == ["ERROR b not-found 1"])
        let add = ClientFrame.patch(Patch(.add(["x": 1]), "tree/n"))
        #expect(brief(send(add, from: id)[id.number]) == ["ADD tree/n/x #1"])
    }

    @Test("Several frames of one place in the order come in one batch")
    mutating func splitMove() {
        let id = subscriber(to: "tree/a/b")
        _ = send(.subscribe(Subscription(id: "2", path: "tree/x/b")), from: id)
        let move = ClientFrame.patch(Patch(.move(to: "tree/x"), "tree/a"))
        #expect(brief(send(move, from: id)[id.number]) == ["BATCH tree/a/b #1 tree/x/b #1"])
    }

    @Test("Refusals and what cannot be read are answered by id; a bare connection gets no answer")
    mutating func errors() {
        let session = connect(.frames)
        let bare = connect(.bare)
        let batch = ClientFrame.batch(id: "b", patches: Array(repeating: Patch(.delete, "tree/x"), count: 4))
        let frames: [Result<ClientFrame, FrameError>] = [
            .success(.patch(Patch(.delete, "tree/x", id: "c"))), .success(batch),
            .failure(FrameError(id: nil, refusal: Refusal(.invalidJSON, "?"))),
            .success(.history(HistoryQuery(id: "h", path: .root))), .success(.result(id: "r", value: 1)),
        ]
        let answers = sent(exchange.receive(frames, from: session, now: now).deliveries)
        #expect(
            brief(answers[session.number]) == [
                "ERROR c not-found -1", "ERROR b too-large -1", "ERROR - invalid-json -1", "ERROR h unavailable -1",
                "ERROR r no-action -1",
            ])
        let reaction = exchange.receive(frames, from: bare, now: now)
        #expect(reaction.deliveries.isEmpty)
        #expect(reaction.unanswered.count == 5)
    }

    @Test("A repeated id is answered again and not sent on again")
    mutating func repeats() {
        let id = subscriber(to: .root)
        let add = ClientFrame.patch(Patch(.add(1), "tree/x", id: "c"))
        #expect(brief(send(add, from: id)[id.number]) == ["ADD tree/x #1", "ACK c #1"])
        #expect(brief(send(add, from: id)[id.number]) == ["ACK c #1"])
    }

    // MARK: Patches from inside, search and presence

    @Test("Patches from inside are decided on alone and sent on together")
    mutating func submitting() {
        let id = subscriber(to: .root)
        let patches = [Patch(.add(1), "tree/x"), Patch(.delete, "tree/none"), Patch(.edit(2), "tree/x")]
        let (answers, deliveries) = exchange.submit(patches, user: "machine", now: now)
        #expect(answers.map { try? $0.get().seq.value } == [1, nil, 2])
        #expect(deliveries.count == 1)
        #expect(brief(sent(deliveries)[id.number]) == ["ADD tree/x #1", "EDIT tree/x #2"])
    }

    @Test(
        "A search finds nodes by name, key and scalar value, whatever the case",
        arguments: [
            ("B", ["tree/a/b"]), ("q", ["tree/d"]), ("É", ["tree/d"]), ("tree", ["tree"]), ("12", ["tree/d"]),
            ("ELEM", []), ("none", []), ("", ["tree", "tree/a", "tree/a/b", "tree/d"]),
        ])
    mutating func search(query: String, paths: [String]) {
        let id = connect(.frames)
        _ = send(edit("tree/d", ["q": "Caf\u{E9} 12", "list": ["elem"]]), from: id)
        let sent = send(.find(FindQuery(id: "f", path: .root, query: query)), from: id)
        #expect(brief(sent[id.number]) == ["FOUND \(paths) false"])
    }

    @Test("A search says where it stopped")
    mutating func searchLimit() {
        let id = connect(.frames)
        let sent = send(.find(FindQuery(id: "f", path: .root, query: "", limit: 2)), from: id)
        #expect(brief(sent[id.number]) == [#"FOUND ["tree", "tree/a"] true"#])
    }

    @Test("Presence tells every session who looks where, until they are gone")
    mutating func presence() {
        let ann = connect(.frames, "s1")
        let bob = connect(.frames, "s2")
        _ = connect(.bare)
        _ = send(.patch(Patch(.edit(3), "tree/d/q", meta: ["user": "ann"])), from: ann)
        let looked = exchange.receive([.success(.presence("tree/d"))], from: ann, now: now)
        #expect(looked.movesPresence)
        let told = sent([exchange.presences()])
        #expect(told.keys.sorted() == [ann.number, bob.number])
        #expect(brief(told[bob.number]) == [#"PRESENCE ["s1 ann tree/d"]"#])
        let left = exchange.disconnect(ann)
        #expect(left.movesPresence)
        #expect(brief(sent([exchange.presences()])[bob.number]) == ["PRESENCE []"])
    }
}
