import NIOCore
import Testing
import TreenityProtocol
import TreenityWebSocket

@testable import TreenityServer

/// Everything over sockets on the loopback interface.
@Suite(.timeLimit(.minutes(5))) struct TreeServerTests {
    private let document: JSONValue = ["spaces": ["marketing": ["tasks": ["101": ["status": "assigned"]]]], "n": 1]

    // MARK: Sessions

    @Test("Two sessions see each other's edits, in one order")
    func twoSessions() async throws {
        try await withServer(document) { _, address in
            try await Peer.connect(to: address) { ann in
                _ = try await ann.subscribe(to: .root)
                try await Peer.connect(to: address) { bob in
                    let snapshot = try await bob.subscribe(to: .root)
                    #expect(snapshot.nodes.map(\.path.depth) == [0, 1, 2, 3, 4])
                    for number in 0..<50 {
                        try await ann.send(.patch(Patch(.edit(.integer(number)), "tree/n", id: "a\(number)")))
                        try await bob.send(
                            .patch(
                                Patch(
                                    .add(.integer(number)), TreePath.root.appending(try Name("b\(number)")),
                                    id: "b\(number)")))
                    }
                    var seen: [[Patch]] = [[], []]
                    while seen[0].count < 100 { seen[0] += try await ann.next().patches }
                    while seen[1].count < 100 { seen[1] += try await bob.next().patches }
                    #expect(seen[0] == seen[1])
                    #expect(seen[0].map(\.seq?.value) == (1...100).map { Int64($0) })
                    #expect(Set(seen[0].map(\.session)).count == 2)
                }
            }
        }
    }

    @Test("The ACK comes after the patch, and names the session's greeting and order")
    func acknowledgement() async throws {
        try await withServer(document) { _, address in
            try await Peer.connect(to: address) { peer in
                guard case .welcome(let welcome) = try await peer.next() else {
                    Issue.record("no greeting")
                    return
                }
                #expect(welcome.version == protocolVersion)
                #expect(welcome.maximumMessageBytes == 1 << 20)
                _ = try await peer.subscribe(to: "tree/spaces")
                let edit = Patch(.edit(["status": "done"]), "tree/spaces/marketing/tasks/101", id: "c1")
                try await peer.send(.patch(edit))
                let patch = try await peer.nextPatch()
                #expect(patch.operation == edit.operation)
                #expect(patch.meta == ["user": "local", "session": .string(welcome.session)])
                guard case .ack(let answer) = try await peer.next() else {
                    Issue.record("no ACK")
                    return
                }
                #expect(
                    answer
                        == Acknowledgement(id: "c1", seq: SequenceNumber(1), timestamp: try #require(patch.timestamp)))
            }
        }
    }

    @Test("A subscription to a part sees what happens in it, and what comes and goes over its border")
    func narrowed() async throws {
        try await withServer(document) { server, address in
            try await Peer.connect(to: address) { peer in
                #expect(try await peer.subscribe(to: "tree/spaces").nodes.count == 4)
                _ = await server.submit(
                    [
                        Patch(.edit(2), "tree/n"), Patch(.move(to: "tree/tasks"), "tree/spaces/marketing/tasks"),
                        Patch(.edit(["x": 1]), "tree/tasks"), Patch(.move(to: "tree/spaces/back"), "tree/tasks"),
                    ], user: "machine")
                let gone = try await peer.nextPatch()
                #expect(gone.operation == .delete)
                #expect(gone.path == "tree/spaces/marketing/tasks")
                let back = try await peer.nextPatch()
                #expect(back.operation == .add(["x": 1, "101": ["status": "assigned"]]))
                #expect([gone.seq?.value, back.seq?.value] == [2, 4])
                #expect(back.sender == "machine")
            }
        }
    }

    @Test("What cannot be read is answered, by id where there is one")
    func malformed() async throws {
        try await withServer(document) { _, address in
            try await Peer.connect(to: address) { peer in
                _ = try await peer.next()
                for (message, id, code) in [
                    ("{", nil, Refusal.Code.invalidJSON), ("[1]", nil, .invalidPatch), ("17", nil, .invalidPatch),
                    (#"{"type":"DANCE","id":"1"}"#, "1", .invalidPatch),
                    (#"{"type":"ADD","id":"2","path":"x"}"#, "2", .invalidPath),
                    (#"{"type":"ADD","id":"3","path":"tree","value":{}}"#, "3", .exists),
                    (#"{"type":"SUBSCRIBE"}"#, nil, .invalidPatch),
                ] {
                    try await peer.send(message)
                    guard case .error(id, let refusal) = try await peer.next() else {
                        Issue.record("no error for \(message)")
                        continue
                    }
                    #expect(refusal.code == code, "\(message)")
                }
            }
        }
    }

    @Test("An array of patches stands or falls patch by patch, up to a number of patches")
    func arrays() async throws {
        try await withServer(document, configure: { $0.maximumBatch = 3 }) { _, address in
            try await Peer.connect(to: address) { peer in
                _ = try await peer.next()
                let patch = { (id: String) in #"{"type":"ADD","path":"/\#(id)","value":1,"id":"\#(id)"}"# }
                try await peer.send("[\(patch("a")),{},\(patch("b"))]")
                // Of what is too long the first are refused by their names, and the rest together.
                try await peer.send("[\(patch("c")),\(patch("d")),\(patch("e")),\(patch("f")),\(patch("g"))]")
                var answers: [String] = []
                for _ in 0..<7 {
                    switch try await peer.next() {
                    case .ack(let answer): answers.append("\(answer.id) \(answer.seq.value)")
                    case .error(let id, let refusal): answers.append("\(id ?? "-") \(refusal.code.rawValue)")
                    case let frame: Issue.record("\(frame)")
                    }
                }
                let tooLarge = ["c", "d", "e", "-"].map { "\($0) too-large" }
                #expect(answers.filter { $0.hasSuffix("1") || $0.hasSuffix("2") } == ["a 1", "b 2"])
                #expect(Set(answers) == Set(["a 1", "- invalid-patch", "b 2"] + tooLarge))
            }
        }
    }

    @Test("Presence is told at once, and after that the newest when the pause is over")
    func presence() async throws {
        let clock = StoppedClock()
        try await withServer(document, pacer: clock) { _, address in
            try await Peer.connect(to: address) { peer in
                guard case .welcome(let welcome) = try await peer.next() else {
                    Issue.record("no greeting")
                    return
                }
                func told(_ path: TreePath) -> ServerFrame {
                    .presence([Presence(session: welcome.session, user: "local", path: path)])
                }
                try await peer.send(.presence("tree/n"))
                #expect(try await peer.next() == told("tree/n"))
                try await peer.send(.presence("tree/x"))
                try await peer.send(.presence("tree/y"))
                try await peer.send(.patch(Patch(.delete, "tree/none", id: "c1")))
                guard case .error("c1", _) = try await peer.next() else {
                    Issue.record("told within the pause")
                    return
                }
                clock.wake()
                #expect(try await peer.next() == told("tree/y"))
            }
        }
    }

    // MARK: Bare connections

    @Test("A bare peer gets every patch as a message and no answers")
    func bare() async throws {
        try await withServer(document) { server, address in
            try await Peer.connect(to: address, subprotocol: nil) { peer in
                try await peer.send("nonsense")
                try await peer.send(#"{"type":"PATCH","operation":"EDIT","path":"tree/none","value":{}}"#)
                try await peer.send(#"{"type":"EDIT","path":"tree/n","value":5,"timestamp":17,"meta":{"user":"ann"}}"#)
                let message = try #require(await peer.nextMessage())
                #expect(
                    try JSONValue(parsing: message).text
                        == #"{"type":"PATCH","operation":"EDIT","path":"tree/n","value":5,"timestamp":17,"#
                        + #""meta":{"user":"ann"},"seq":1}"#)
                _ = await server.submit([Patch(.delete, "tree/n")], user: "machine")
                #expect(try await peer.nextPatch().operation == .delete)
            }
        }
    }

    // MARK: Limits and ends

    @Test("A message that is too large closes the connection with 1009")
    func tooLarge() async throws {
        try await withServer { _, address in
            let end = try await Peer.connect(to: address) { peer in
                try await peer.send(String(repeating: "x", count: 1 << 20))
                _ = try await peer.next()
                guard case .error = try await peer.next() else {
                    Issue.record("a message of the largest size is taken")
                    return
                }
                try await peer.send(String(repeating: "x", count: 1 << 20 + 1))
                #expect(await peer.nextMessage() == nil)
            }
            #expect(code(end) == .messageTooBig)
        }
    }

    @Test("A reader that does not keep up is cut off with 1013, and the others go on")
    func slowReader() async throws {
        let configure = { (configuration: inout ServerConfiguration) in
            configuration.maximumQueuedBytes = 1 << 20
            configuration.closingLimit = .minutes(10)
        }
        try await withServer(["n": 0], configure: configure) { server, address in
            try await withThrowingDiscardingTaskGroup { group in
                let (counts, counted) = AsyncStream<Int>.makeStream()
                group.addTask {
                    try await Peer.connect(to: address) { other in
                        _ = try await other.subscribe(to: .root)
                        counted.yield(0)
                        for count in sequence(first: 1, next: { $0 + 1 }) {
                            guard await other.nextMessage() != nil else { return }
                            counted.yield(count)
                        }
                    }
                }
                var progress = counts.makeAsyncIterator()
                _ = await progress.next()
                let end = try await Peer.connect(to: address) { slow in
                    _ = try await slow.subscribe(to: .root)
                    let text = JSONValue.string(String(repeating: "x", count: 200_000))
                    var sent = 0
                    while await server.hub.connectionCount == 2 {
                        _ = await server.submit([Patch(.edit(text), "tree/n")], user: "machine")
                        sent += 1
                        #expect(await progress.next() == sent)
                    }
                    while await slow.nextMessage() != nil {}
                }
                #expect(code(end) == .tryAgainLater)
                _ = await server.submit([Patch(.edit(1), "tree/n")], user: "machine")
                #expect(await progress.next() != nil)
                group.cancelAll()
            }
        }
    }
}

extension ServerFrame {
    /// Those that it carries.
    fileprivate var patches: [Patch] {
        switch self {
        case .patch(let patch): [patch]
        case .batch(let patches): patches
        default: []
        }
    }
}
