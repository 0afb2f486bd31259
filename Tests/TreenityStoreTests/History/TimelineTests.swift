import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityStore

@Suite("Time travel")
struct TimelineTests {
    private static let now = Timestamp(milliseconds: 0)

    /// A tree, and how it looked after each of its changes.
    private struct Journey {
        var tree = Replica()
        var history: History
        var states: [[Replica.Seen]]
        var newest: [Timestamp]

        init(maximumBytes: Int = History.defaultMaximumBytes) {
            history = History(maximumBytes: maximumBytes)
            states = [tree.everything]
            newest = [tree.newest]
        }

        mutating func apply(_ patch: Patch, _ rule: ApplyRule) {
            guard let change = try? tree.apply(patch, rule) else { return }
            history.append(change, at: now)
            states.append(tree.everything)
            newest.append(tree.newest)
        }

        func expect(_ timeline: Timeline, _ location: SourceLocation = #_sourceLocation) {
            #expect(timeline.tree.everything == states[timeline.position.number], sourceLocation: location)
            #expect(timeline.tree.newest == newest[timeline.position.number], sourceLocation: location)
            timeline.tree.expectWhole(location)
        }
    }

    private static let rules: [ApplyRule] = [.admission, .decided, .merge]

    @Test("Any state is as it was, identities, stamps and order included", arguments: Fuzz.seeds(30))
    func randomJourneys(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var journey = Journey()
        for _ in 0..<100 { journey.apply(patches.late(by: ["ann", "bob", ""]), Self.rules[Int(seed % 3)]) }
        var timeline = Timeline(journey.tree, journey.history)
        for _ in 0..<25 {
            try timeline.go(to: History.Position(patches.below(journey.states.count)))
            journey.expect(timeline)
        }
        try timeline.go(to: timeline.reach.upperBound)
        journey.expect(timeline)
    }

    @Test("What has come since is taken in, wherever one is", arguments: Fuzz.seeds(20))
    func following(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var journey = Journey()
        var timeline = Timeline(journey.tree, journey.history)
        for _ in 0..<20 {
            for _ in 0..<patches.below(10) {
                journey.apply(patches.late(by: ["ann", "bob"]), Self.rules[Int(seed % 3)])
            }
            journey.expect(timeline)
            try timeline.follow(journey.tree, journey.history)
            journey.expect(timeline)
            try timeline.go(to: History.Position(patches.below(journey.states.count)))
            journey.expect(timeline)
        }
    }

    @Test(
        "The confirmed tree is the one without pending edits, and can be travelled through", arguments: Fuzz.seeds(20))
    func confirmed(_ seed: UInt64) throws {
        var patches = RandomPatches(seed: seed)
        var exchange = Exchange()
        var history = History()
        var states = [exchange.client.confirmed.json]
        for _ in 0..<60 {
            let patch = patches.next()
            switch patches.below(5) {
            case 0, 1: _ = exchange.edit(patch.operation, patch.path)
            case 2: exchange.remote(patch.operation, patch.path)
            case 3: exchange.deliverToServer()
            default:
                for received in exchange.deliverToClient() {
                    history.append(try received.outcome.get(), at: Self.now)
                    states.append(exchange.client.confirmed.json)
                }
            }
            let shown = exchange.client.tree
            var timeline = Timeline(exchange.client.confirmed, history)
            #expect(timeline.tree.json == states[history.end.number])
            timeline.tree.expectWhole()
            try timeline.go(to: History.Position(patches.below(states.count)))
            #expect(timeline.tree.json == states[timeline.position.number])
            try timeline.go(to: history.end)
            #expect(timeline.tree.everything == exchange.client.confirmed.everything)
            #expect(exchange.client.tree.everything == shown.everything)
        }
    }

    @Test("One step says what it took back or did again")
    func steps() throws {
        var journey = Journey()
        journey.apply(.by("ann", at: 1, .add(["x": 1]), "tree/a"), .decided)
        journey.apply(.by("bob", at: 2, .delete, "tree/a"), .decided)
        var timeline = Timeline(journey.tree, journey.history)
        #expect(try timeline.stepBack().change.patch.operation == .delete)
        #expect(timeline.tree.json == ["a": ["x": 1]])
        #expect(try timeline.stepForward().change.patch.sender == "bob")
        #expect(timeline.tree.json == [:])
    }

    @Test("Beyond what is remembered and beyond the present nothing changes, and the error says which")
    func outOfReach() throws {
        var journey = Journey(maximumBytes: 5_000)
        for number in 0..<100 { journey.apply(.by("ann", at: 1, .add(.integer(number)), "tree/p"), .decided) }
        var timeline = Timeline(journey.tree, journey.history)
        let forgotten = #expect(throws: OutOfReach.self) { try timeline.go(to: History.Position(1)) }
        #expect(forgotten?.isForgotten == true)
        #expect(forgotten?.reach == timeline.reach)
        let notYet = #expect(throws: OutOfReach.self) { try timeline.stepForward() }
        #expect(notYet?.isForgotten == false)
        #expect(timeline.position == journey.history.end)
        try timeline.go(to: timeline.reach.lowerBound)
        journey.expect(timeline)
        #expect(throws: OutOfReach.self) { try timeline.stepBack() }
        journey.expect(timeline)
    }

    @Test("What the history forgets meanwhile is still there, but the way to the present is lost")
    func forgottenMeanwhile() throws {
        var journey = Journey(maximumBytes: 5_000)
        journey.apply(.by("ann", at: 1, .add(1), "tree/p"), .decided)
        var timeline = Timeline(journey.tree, journey.history)
        for number in 0..<100 { journey.apply(.by("ann", at: 1, .add(.integer(number)), "tree/p"), .decided) }
        #expect(throws: OutOfReach.self) { try timeline.follow(journey.tree, journey.history) }
        try timeline.stepBack()
        journey.expect(timeline)
        try timeline.stepForward()
        journey.expect(timeline)
    }

    @Test("What nobody goes through any more goes in pieces, and what shares it keeps it")
    func remains() throws {
        var journey = Journey()
        for number in 0..<300 { journey.apply(.by("ann", at: 1, .add(.integer(number)), "tree/p"), .decided) }
        var timeline = Timeline(journey.tree, journey.history)
        for _ in 0..<10 { try timeline.stepBack() }
        var remains = TimelineRemains(of: timeline)
        var pieces = 0
        while !remains.isEmpty {
            remains.releasePiece()
            pieces += 1
        }
        #expect(pieces == 3, "one of what was taken back, two of what is remembered")
        try timeline.go(to: History.Position(300))
        try timeline.go(to: History.Position(0))
        journey.expect(timeline)
    }

    @Test("No state before a snapshot can be had")
    func snapshot() throws {
        var client = OptimisticReplica()
        var history = History()
        let patch = Patch(.add(1), "tree/p", seq: SequenceNumber(1))
        for received in client.receive([patch], now: Self.now) {
            history.append(try received.outcome.get(), at: Self.now)
        }
        let frozen = Timeline(client.confirmed, history)
        let node = Snapshot.Node(path: .root, properties: ["q": 2], children: 0, timestamp: nil)
        _ = client.receive(Snapshot(id: "s", path: .root, seq: SequenceNumber(5), nodes: [node], more: false))
        history.cut()
        var timeline = Timeline(client.confirmed, history)
        #expect(throws: OutOfReach.self) { try timeline.stepBack() }
        timeline = frozen
        #expect(throws: OutOfReach.self) { try timeline.follow(client.confirmed, history) }
        try timeline.stepBack()
        #expect(timeline.tree.json == [:])
    }
}
