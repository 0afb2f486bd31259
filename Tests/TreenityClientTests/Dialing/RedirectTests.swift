import NIOHTTP1
import Synchronization
import Testing
import TreenityProtocol
import TreenityWebSocket

@testable import TreenityClient

@Suite("A server that redirects", .timeLimit(.minutes(5)))
struct RedirectTests {
    private let live = ConnectionState.live(LiveSession(welcome: welcome))

    private func goal(_ seen: Seen) -> ScriptedServer {
        var server = ScriptedServer { _, inbound, writer in
            await writer.send(.welcome(welcome))
            for await _ in inbound {}
        }
        server.sees = { seen.add($0) }
        return server
    }

    @Test("is followed, without the token to another server", arguments: [301, 302, 303, 307, 308])
    func followed(status: Int) async throws {
        let seen = Seen()
        try await goal(seen).run { [self] port, _ in
            let sender = ScriptedServer(
                refuses: .init(statusCode: status), location: "http://localhost:\(port)/other?x=1")
            try await sender.run { [self] senderPort, _ in
                let state = try await firstState("ws://127.0.0.1:\(senderPort)", token: "t")
                #expect(state == live)
            }
        }
        #expect(seen.heads.map(\.uri) == ["/other?x=1"])
        #expect(seen.heads[0].headers["Authorization"].isEmpty)
        #expect(seen.heads[0].headers["Host"].first?.hasPrefix("localhost:") == true)
    }

    @Test("to itself gets the token once more, and is not followed again")
    func onceOnly() async throws {
        let seen = Seen()
        var sender = ScriptedServer(refuses: .found, location: "/next")
        sender.sees = { seen.add($0) }
        try await sender.run { port, _ in
            let state = try await firstState("ws://127.0.0.1:\(port)", token: "t")
            #expect(
                state?.reason
                    == "127.0.0.1:\(port) redirects to ws://127.0.0.1:\(port)/next, which redirects once more: name the "
                    + "server where it really is")
        }
        #expect(seen.heads.map(\.uri) == ["/patches", "/next"])
        #expect(seen.heads.map { $0.headers["Authorization"] } == [["Bearer t"], ["Bearer t"]])
    }

    @Test("to one that asks for a token says why that does not get it")
    func strangers() async throws {
        try await ScriptedServer(refuses: .unauthorized).run { port, _ in
            let sender = ScriptedServer(refuses: .found, location: "ws://localhost:\(port)/")
            try await sender.run { senderPort, _ in
                let state = try await firstState("ws://127.0.0.1:\(senderPort)", token: "t")
                #expect(
                    state
                        == .ended(
                            reason: "localhost:\(port), to which 127.0.0.1:\(senderPort) redirects, asks for a token, "
                                + "which is sent only to the server that was named: connect to that one if you trust it"
                        ))
            }
        }
    }

    @Test("without saying where to is refused as any other answer")
    func nowhere() async throws {
        try await ScriptedServer(refuses: .found).run { port, _ in
            let state = try await firstState("ws://127.0.0.1:\(port)")
            #expect(state?.reason == "127.0.0.1:\(port) answered 302 Found instead of a WebSocket")
        }
    }

    @Test("is asked for the tree there where the WebSocket stands")
    func bare() async throws {
        let goal = ScriptedServer(selects: nil, tree: (#"{"a":1}"#, "\"2\"")) { _, inbound, _ in
            for await _ in inbound {}
        }
        try await goal.run { port, _ in
            let sender = ScriptedServer(refuses: .found, location: "ws://localhost:\(port)/patches")
            try await sender.run { senderPort, _ in
                var options = ConnectionOptions()
                options.clock = StandingClock()
                try await listen(to: "ws://127.0.0.1:\(senderPort)", options) { _, events in
                    #expect(await events.events(3).last == .tree(["a": 1], seq: SequenceNumber(2)))
                }
            }
        }
    }
}

/// What a server was asked for.
private final class Seen: Sendable {
    private let all = Mutex<[HTTPRequestHead]>([])

    var heads: [HTTPRequestHead] { all.withLock { $0 } }

    func add(_ head: HTTPRequestHead) { all.withLock { $0.append(head) } }
}
