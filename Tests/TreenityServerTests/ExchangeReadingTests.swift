import Testing
import TreenityLog
import TreenityProtocol
import TreenitySequencer

@testable import TreenityServer

/// What follows from reading the log: order, resumption, rights, actions.
@Suite struct ExchangeReadingTests {
    private var meeting: Meeting

    init() throws {
        meeting = try Meeting(#"{"a":{"b":{"p":1}},"d":{"q":2}}"#, actions: { $0.name?.text == "run" })
    }

    private func edit(_ path: TreePath, _ value: JSONValue, id: String? = nil) -> ClientFrame {
        .patch(Patch(.edit(value), path, id: id))
    }

    private func subscribe(_ path: TreePath, since: Int64, epoch: String? = "epoch") -> ClientFrame {
        .subscribe(Subscription(id: "r", path: path, since: SequenceNumber(since), epoch: epoch))
    }

    // MARK: The log

    @Test("Nothing is sent before it is written down; what was asked behind a patch is answered behind it")
    mutating func durability() async {
        let id = meeting.subscriber(to: .root)
        meeting.holdsBack = true
        let find = ClientFrame.find(FindQuery(id: "f", path: .root, query: "q"))
        #expect(await meeting.send(edit("tree/d/q", 3, id: "c"), find, from: id).isEmpty)
        let sent = await meeting.release().sent
        #expect(brief(sent[id.number]) == ["EDIT tree/d/q #1", "ACK c #1", #"FOUND ["tree/d"] false"#])
    }

    @Test("What cannot be written down is refused as unavailable, and changes nothing")
    mutating func unavailable() async {
        let id = meeting.subscriber(to: .root)
        meeting.holdsBack = true
        _ = await meeting.send(edit("tree/d/q", 3, id: "c"), from: id)
        let failed = meeting.exchange.fail(meeting.waiting, because: "the disk is full", now: Meeting.now)
        #expect(brief(await failed.sent[id.number]) == ["ERROR c unavailable -1"])
        meeting.waiting = []
        meeting.holdsBack = false
        #expect(brief(await meeting.send(edit("tree/d/q", 3, id: "c"), from: id)[id.number]).last == "ACK c #1")
    }

    @Test("A session with many undecided proposals is full until they are decided")
    mutating func backPressure() async throws {
        var limits = Limits()
        limits.maximumUndecided = 2
        meeting = try Meeting("{}", limits: limits)
        let id = meeting.connect(.frames)
        meeting.holdsBack = true
        _ = await meeting.send(edit("tree/x", 1), edit("tree/x", 2), from: id)
        #expect(meeting.exchange.isFull(id))
        _ = meeting.release()
        #expect(!meeting.exchange.isFull(id))
    }

    @Test("A session that asks for much behind what is not decided is full, until that is decided and all is answered")
    mutating func questionsBehind() async throws {
        var limits = Limits()
        limits.maximumUndecided = 3
        meeting = try Meeting("{}", limits: limits)
        let id = meeting.connect(.frames)
        meeting.holdsBack = true
        let question = ClientFrame.unsubscribe(id: "none")
        _ = await meeting.send(edit("tree/x", 1), question, question, from: id)
        #expect(!meeting.exchange.isFull(id))
        _ = await meeting.send(question, from: id)
        #expect(meeting.exchange.isFull(id))
        let answers = brief(await meeting.release().sent[id.number])
        #expect(answers.suffix(3) == Array(repeating: "ERROR none not-found -1", count: 3))
        #expect(!meeting.exchange.isFull(id))
    }

    // MARK: Resuming

    @Test("Who knows a place gets what was missed since, up to the newest place")
    mutating func resuming() async {
        let writer = meeting.connect(.frames)
        _ = await meeting.send(edit("tree/d/q", 3), edit("tree/a/b/p", 4), edit("tree/d/q", 5), from: writer)
        let id = meeting.connect(.frames, "late")
        let whole = await meeting.send(subscribe(.root, since: 1), from: id)
        #expect(brief(whole[id.number]) == ["RESUMED r #1 #3", "BATCH tree/a/b/p #2 tree/d/q #3"])
        let part = await meeting.send(subscribe("tree/a", since: 1), from: id)
        #expect(brief(part[id.number]) == ["RESUMED r #1 #3", "EDIT tree/a/b/p #2", "AT #3"])
        let nothing = await meeting.send(subscribe(.root, since: 3), from: id)
        #expect(brief(nothing[id.number]) == ["RESUMED r #3 #3", "AT #3"])
    }

    @Test("A move over the border that was missed is what it meant then")
    mutating func resumingMoves() async {
        let writer = meeting.connect(.frames)
        let move = ClientFrame.patch(Patch(.move(to: "tree/d/b"), "tree/a/b"))
        _ = await meeting.send(move, edit("tree/d/b/p", 9), from: writer)
        let id = meeting.connect(.frames, "late")
        let into = await meeting.send(subscribe("tree/d", since: 0), from: id)
        #expect(brief(into[id.number]) == ["RESUMED r #0 #2", "BATCH tree/d/b #1 tree/d/b/p #2"])
        let out = await meeting.send(subscribe("tree/a", since: 0), from: id)
        #expect(brief(out[id.number]) == ["RESUMED r #0 #2", "DELETE tree/a/b #1", "AT #2"])
    }

    @Test(
        "Of another epoch, of a place to come, or from before what is remembered, a snapshot is sent",
        arguments: [(11, "other"), (99, "epoch"), (9, "epoch")])
    mutating func snapshotInstead(since: Int64, epoch: String) async throws {
        meeting = try Meeting("{}", seq: 10)
        let id = meeting.connect(.frames)
        _ = await meeting.send(.patch(Patch(.add(1), "tree/x")), from: id)
        let sent = await meeting.send(subscribe(.root, since: since, epoch: epoch), from: id)
        #expect(brief(sent[id.number]) == ["SNAPSHOT r #11 1"])
    }

    @Test("Who was sent nothing while the order went on is told how far it is")
    mutating func progress() async {
        let near = meeting.subscriber(to: "tree/a")
        let far = meeting.subscriber(to: "tree/d", "s2")
        _ = await meeting.send(edit("tree/d/q", 3), from: far)
        let told = await meeting.exchange.tellProgress().sent
        #expect(brief(told[near.number]) == ["AT #1"])
        #expect(told[far.number] == nil)
        #expect(meeting.exchange.tellProgress().isEmpty)
    }

    // MARK: Rights

    @Test("Who may read a part sees that part only, by no way more")
    mutating func reading() async {
        let rights = Rights(read: ["tree/a/b"], write: ["tree/d"])
        let id = meeting.connect(.frames, "s1", user: "ann", rights: rights)
        let root = await meeting.send(.subscribe(Subscription(id: "1", path: .root)), from: id)
        guard case .snapshot(let snapshot) = root[id.number]?.first else {
            Issue.record("no snapshot")
            return
        }
        #expect(
            snapshot.nodes.map { "\($0.path) \($0.properties) \($0.children)" } == [
                "tree {} 1", "tree/a {} 1", #"tree/a/b {"p":1} 0"#,
            ])
        let forbidden = await meeting.send(
            .subscribe(Subscription(id: "2", path: "tree/d")), .find(FindQuery(id: "f", path: "tree/d", query: "q")),
            .history(HistoryQuery(id: "h", path: "tree/d")), from: id)
        #expect(
            brief(forbidden[id.number]) == [
                "ERROR 2 forbidden -1", "ERROR f forbidden -1", "ERROR h forbidden -1",
            ])
        let found = await meeting.send(.find(FindQuery(id: "f", path: .root, query: "")), from: id)
        #expect(brief(found[id.number]) == [#"FOUND ["tree/a/b"] false"#])
        let writes = await meeting.send(edit("tree/d/q", 7, id: "ok"), edit("tree/a/b/p", 7, id: "no"), from: id)
        #expect(brief(writes[id.number]) == ["ACK ok #1", "ERROR no forbidden -1"])
    }

    @Test("A history is shown at all addresses that may be read, also those that the thing had before")
    mutating func historyElsewhere() async throws {
        let archive = MemoryArchive()
        let writer = meeting.connect(.frames)
        let reaction = meeting.receive(
            [.success(edit("tree/a/b/p", 2)), .success(.patch(Patch(.move(to: "tree/d/b"), "tree/a/b")))], from: writer)
        try await archive.append(reaction.archived)
        for (rights, count) in [(Rights.all, 2), (Rights(read: ["tree/d"]), 1)] {
            let id = meeting.connect(.frames, "s", rights: rights)
            let asked = meeting.receive([.success(.history(HistoryQuery(id: "h", path: "tree/d/b")))], from: id)
            guard case .history(let query, let view, let limit) = asked.deliveries.first?.content else {
                Issue.record("no history")
                return
            }
            let source = HistorySource(query, view, limit: limit, of: archive, behind: Pile())
            guard case .history(_, let patches, _) = await source.frames.first else {
                Issue.record("no answer")
                return
            }
            #expect(patches.count == count)
        }
    }

    @Test("A move over the border of what may be read comes as an ADD and goes as a DELETE")
    mutating func borders() async {
        let id = meeting.subscriber(to: .root, "s1", user: "ann", rights: Rights(read: ["tree/d"]))
        let writer = meeting.connect(.frames, "s2")
        let into = await meeting.send(.patch(Patch(.move(to: "tree/d/b"), "tree/a/b")), from: writer)
        #expect(brief(into[id.number]) == ["ADD tree/d/b #1"])
        let out = await meeting.send(.patch(Patch(.move(to: "tree/a/c"), "tree/d/b")), from: writer)
        #expect(brief(out[id.number]) == ["DELETE tree/d/b #2"])
    }

    @Test("Where somebody looks is told to those who may read it")
    mutating func presence() async {
        let ann = meeting.connect(.frames, "ann", user: "ann", rights: Rights(read: ["tree/d"]))
        let bob = meeting.connect(.frames, "bob", user: "bob")
        _ = await meeting.send(.presence("tree/a"), from: bob)
        let told = await meeting.exchange.presences().sent
        #expect(brief(told[bob.number]) == [#"PRESENCE ["bob bob tree/a"]"#])
        #expect(brief(told[ann.number]) == ["PRESENCE []"])
    }

    @Test("Sessions with other rights are of another epoch")
    mutating func epochs() async {
        let rights = Rights(read: ["tree/d"])
        let (id, reaction) = meeting.exchange.connect(Session(.frames, name: "s", rights: rights), now: Meeting.now)
        #expect(brief(await reaction.sent[id.number]).first?.hasPrefix("WELCOME s epoch.") == true)
        let resumed = await meeting.send(subscribe("tree/d", since: 0, epoch: "epoch"), from: id)
        #expect(brief(resumed[id.number]) == ["SNAPSHOT r #0 1"])
    }

    // MARK: Actions

    @Test("An EXECUTE is sent on, runs once, and its RESULT goes to all who asked for it")
    mutating func actions() async {
        let id = meeting.subscriber(to: .root)
        let execute = ClientFrame.patch(Patch(.execute(["x": 1]), "tree/d/run", id: "x"))
        let begun = meeting.receive([.success(execute), .success(execute)], from: id)
        #expect(begun.executions.count == 1)
        #expect(brief(await begun.sent[id.number]) == ["EXECUTE tree/d/run #1"])
        let completion = Completion(
            id: "x", user: "local", outcome: .success(.init(value: 5, patches: [Patch(.edit(9), "tree/d/q")])))
        let entry = meeting.exchange.complete(completion, from: Sender(user: "local"), now: Meeting.now)
        let ended = meeting.pass(Reaction(submissions: [entry]))
        #expect(brief(await ended.sent[id.number]) == ["EDIT tree/d/q #2", "RESULT x 5", "RESULT x 5"])
        #expect(brief(await meeting.send(execute, from: id)[id.number]) == ["RESULT x 5"])
        let unknown = await meeting.send(.patch(Patch(.execute(nil), "tree/d/none", id: "n")), from: id)
        #expect(brief(unknown[id.number]) == ["ERROR n no-action -1"])
    }

    @Test("An action that fails says why, and may be run again")
    mutating func failure() async {
        let id = meeting.connect(.frames)
        let execute = ClientFrame.patch(Patch(.execute(nil), "tree/d/run", id: "x"))
        _ = await meeting.send(execute, from: id)
        let completion = Completion(
            id: "x", user: "local", outcome: .failure(Refusal(.actionFailed, "no paper")))
        let entry = meeting.exchange.complete(completion, from: Sender(), now: Meeting.now)
        let ended = meeting.pass(Reaction(submissions: [entry]))
        #expect(brief(await ended.sent[id.number]) == ["ERROR x action-failed -1"])
        #expect(meeting.receive([.success(execute)], from: id).executions.count == 1)
    }

    // MARK: Limits

    @Test("A user who sends more than allowed a second is told so")
    mutating func rate() async throws {
        var limits = Limits()
        limits.patchesPerSecond = 2
        meeting = try Meeting("{}", limits: limits)
        let id = meeting.connect(.frames)
        let add = { (id: String) in ClientFrame.patch(Patch(.add(1), "tree/x", id: id)) }
        let sent = await meeting.send(add("1"), add("2"), add("3"), from: id)
        #expect(brief(sent[id.number]) == ["ERROR 3 rate-limited -1", "ACK 1 #1", "ACK 2 #2"])
    }

    @Test("A tree that has as many nodes as it may takes no more, but changes")
    mutating func nodes() async throws {
        var limits = Limits()
        limits.maximumNodes = 2
        meeting = try Meeting(#"{"a":{"p":1}}"#, limits: limits)
        let id = meeting.connect(.frames)
        let add = ClientFrame.patch(Patch(.add(.emptyObject), "tree/b", id: "1"))
        let sent = await meeting.send(add, edit("tree/a/p", 2, id: "2"), from: id)
        #expect(brief(sent[id.number]) == ["ERROR 1 too-large -1", "ACK 2 #1"])
    }
}
