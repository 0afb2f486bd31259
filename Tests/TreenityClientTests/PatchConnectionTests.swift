import NIOCore
import NIOHTTP1
import NIOWebSocket
import Testing
import TreenityProtocol
import TreenityTesting
import TreenityWebSocket

@testable import TreenityClient

@Suite("A connection over loopback", .timeLimit(.minutes(5)))
struct PatchConnectionTests {
    private func options(_ clock: any Clock<Duration> = StandingClock()) -> ConnectionOptions {
        var options = ConnectionOptions()
        options.clock = clock
        return options
    }

    private let connecting = SessionEvent.state(.connecting(attempt: 1))
    private let live = SessionEvent.state(.live(LiveSession(welcome: welcome)))
    private let bare = SessionEvent.state(.live(LiveSession(welcome: nil)))

    @Test("A session is greeted, subscribes, gets its snapshot and its patches, and sends")
    func session() async throws {
        let sent = ClientFrame.patch(Patch(.delete, "tree/a/b", id: "c1"))
        let ack = Acknowledgement(id: "c1", seq: SequenceNumber(9), timestamp: Timestamp(milliseconds: 1))
        let server = ScriptedServer { _, inbound, writer in
            var frames = ClientFrames(inbound)
            await writer.send(.welcome(welcome))
            guard case .subscribe(let subscription)? = await frames.next() else { return }
            #expect(subscription == Subscription(id: "s1", path: "tree/a", depth: 1))
            await writer.send(.snapshot(snapshot(more: true)))
            await writer.send(.snapshot(snapshot(more: false)))
            var packed = ByteBuffer()
            packed.writeWebSocketFrame(.text, payload: ServerFrame.patch(patch(8)).encoded())
            packed.writeWebSocketFrame(.text, payload: ServerFrame.batch([patch(9)]).encoded())
            try? await writer.send(packed: packed)
            #expect(await frames.next() == sent)
            await writer.send(.ack(ack))
            _ = await frames.next()
        }
        try await server.run { [self] port, _ in
            try await listen(to: "127.0.0.1:\(port)", options()) { connection, events in
                #expect(
                    await events.events(5) == [
                        connecting, live, .snapshot(snapshot(more: true)), .snapshot(snapshot(more: false)),
                        .patches([patch(8), patch(9)]),
                    ])
                try await connection.send(sent)
                #expect(await events.event() == .acknowledged(ack))
                let long = ClientFrame.find(
                    FindQuery(id: "f", path: .root, query: String(repeating: "x", count: 1_000)))
                await #expect(throws: SendError.self) { try await connection.send(long) }
            }
        }
    }

    @Test("A bare server is asked for the tree, gets patches alone, and what the tree holds is dropped")
    func bareConnection() async throws {
        let server = ScriptedServer(selects: nil, tree: (#"{"a":"b"}"#, "\"2\"")) { _, inbound, writer in
            var frames = ClientFrames(inbound)
            for seq in [1, 2, 3] as [Int64] { await writer.send(.patch(patch(seq))) }
            #expect(await frames.next() == .patch(patch(nil)))
            #expect(await frames.next() == .patch(patch(5)))
            await writer.send(.patch(patch(4)))
            _ = await frames.next()
        }
        try await server.run { [self] port, _ in
            try await listen(to: "127.0.0.1:\(port)", options()) { connection, events in
                let tree = SessionEvent.tree(["a": "b"], seq: SequenceNumber(2))
                #expect(await events.events(4) == [connecting, bare, tree, .patches([patch(3)])])
                try await connection.send(.batch(id: nil, patches: [patch(nil), patch(5)]))
                #expect(await events.event() == .patches([patch(4)]))
                await #expect(throws: SendError.notSpoken) { try await connection.send(.presence(nil)) }
            }
        }
    }

    @Test("A bare server without a tree is no error")
    func bareWithoutTree() async throws {
        let server = ScriptedServer(selects: nil) { _, inbound, writer in
            await writer.send(.patch(patch(1)))
            for await _ in inbound {}
        }
        try await server.run { [self] port, _ in
            try await listen(to: "127.0.0.1:\(port)", options()) { _, events in
                #expect(await events.events(4) == [connecting, bare, .tree(nil, seq: nil), .patches([patch(1)])])
            }
        }
    }

    @Test("After the server has closed, it connects anew and subscribes anew")
    func reconnects() async throws {
        let server = ScriptedServer { number, inbound, writer in
            var frames = ClientFrames(inbound)
            await writer.send(.welcome(welcome))
            guard case .subscribe? = await frames.next() else { return }
            if number == 1 { return writer.close(CloseReason(.goingAway, "new version")) }
            await writer.send(.patch(patch(8)))
            _ = await frames.next()
        }
        try await server.run { [self] port, ends in
            try await listen(to: "127.0.0.1:\(port)", options(ImpatientClock())) { _, events in
                let states = await events.events(6)
                #expect(states.prefix(2) == [connecting, live])
                guard case .state(.offline(let reason, let delay)) = states[2] else {
                    Issue.record()
                    return
                }
                #expect(reason == "the server is going down: new version")
                #expect((.milliseconds(125)...(.milliseconds(250))).contains(delay))
                #expect(states.suffix(3) == [connecting, live, .patches([patch(8)])])
            }
            var all = ends.makeAsyncIterator()
            #expect(await all.next() == .closedHere(CloseReason(.goingAway, "new version")))
        }
    }

    @Test("The wait can be cut short, and what is sent meanwhile is refused")
    func impatience() async throws {
        let server = ScriptedServer { number, inbound, writer in
            await writer.send(.welcome(welcome))
            if number == 2 { for await _ in inbound {} }
        }
        try await server.run { [self] port, _ in
            try await listen(to: "127.0.0.1:\(port)", options()) { connection, events in
                let offline = await events.events(3)[2]
                guard case .state(.offline("the server closed the connection (1000)", _)) = offline else {
                    Issue.record("\(offline)")
                    return
                }
                await #expect(throws: SendError.offline) { try await connection.send(.presence(nil)) }
                connection.reconnectNow()
                #expect(await events.events(2) == [connecting, live])
            }
        }
    }

    @Test(
        "A server that turns us away ends the retries",
        arguments: [(401, nil, "asks for a token"), (401, "t", "does not accept"), (403, "t", "denies access")]
            as [(Int, String?, String)])
    func refused(status: Int, token: String?, words: String) async throws {
        let server = ScriptedServer(refuses: .init(statusCode: status))
        try await server.run { [self] port, _ in
            var options = options()
            options.token = try token.map { try Token($0) }
            try await listen(to: "127.0.0.1:\(port)", options) { _, events in
                let states = await events.events(3)
                guard states.count == 2, case .state(.ended(let reason)) = states[1] else {
                    Issue.record("\(states)")
                    return
                }
                #expect(reason.contains(words))
            }
        }
    }

    @Test("A message that is no frame is skipped and reported")
    func garbage() async throws {
        let server = ScriptedServer { _, inbound, writer in
            await writer.send(.welcome(welcome))
            try? await writer.send(text: Array(#"{"type":"PATCH","operation":"#.utf8))
            await writer.send(.patch(patch(8)))
            for await _ in inbound {}
        }
        try await server.run { [self] port, _ in
            try await listen(to: "127.0.0.1:\(port)", options()) { _, events in
                let all = await events.events(4)
                #expect(all[2].isProblem)
                #expect(all[3] == .patches([patch(8)]))
            }
        }
    }

    @Test("Whoever stops listening closes the connection")
    func cancellation() async throws {
        let server = ScriptedServer { _, inbound, writer in
            await writer.send(.welcome(welcome))
            for await _ in inbound {}
        }
        try await server.run { [self] port, ends in
            try await listen(to: "127.0.0.1:\(port)", options()) { _, events in
                #expect(await events.events(2) == [connecting, live])
            }
            var all = ends.makeAsyncIterator()
            #expect(await all.next() == .closedByPeer(CloseReason(.goingAway)))
        }
    }

    @Test("What kept a connection from being made is said in plain words")
    func plainWords() async throws {
        // Held, so that nobody else listens there meanwhile.
        let refusing = RefusingPort()
        let port = refusing.number
        defer { refusing.giveUp() }
        try await listen(to: "127.0.0.1:\(port)", options()) { _, events in
            let state = await events.events(2).last
            guard case .state(.offline("connection refused by 127.0.0.1:\(port)", _))? = state else {
                Issue.record("\(String(describing: state))")
                return
            }
        }
        try await listen(to: "no-such-host.invalid", options()) { _, events in
            let state = await events.events(2).last
            // The second where no name server can be asked.
            let words = [
                "no such host: no-such-host.invalid",
                "no name server answers, so that no-such-host.invalid cannot be found",
            ]
            guard case .state(.offline(let reason, _))? = state, words.contains(reason) else {
                Issue.record("\(String(describing: state))")
                return
            }
        }
    }
}
