import Testing
import TreenityProtocol
import TreenityWebSocket

@testable import TreenityClient

@Suite("An encrypted connection", .timeLimit(.minutes(1)))
struct EncryptionTests {
    private func server() throws -> ScriptedServer {
        ScriptedServer(encryption: try Certificate.server()) { _, inbound, writer in
            await writer.send(.welcome(welcome))
            for await _ in inbound {}
        }
    }

    private func options(trusting authorities: String?) -> ConnectionOptions {
        var options = ConnectionOptions()
        options.clock = StandingClock()
        options.authorities = authorities
        return options
    }

    private func firstState(_ address: String, _ options: ConnectionOptions) async throws -> ConnectionState? {
        let stream = PatchConnection(to: try ServerAddress(parsing: address), options)
        async let _: Void = stream.run()
        var events = stream.makeAsyncIterator()
        guard case .state(let state)? = await events.events(2).last else { return nil }
        return state
    }

    @Test("stands where the server's certificate is trusted")
    func trusted() async throws {
        try await server().run { [self] port, _ in
            try await Certificate.withFile { file in
                let state = try await firstState("wss://localhost:\(port)", options(trusting: file))
                #expect(state == .live(LiveSession(welcome: welcome)))
            }
        }
    }

    @Test("is refused to a stranger and to a bearer of another's name")
    func untrusted() async throws {
        try await server().run { [self] port, _ in
            let stranger = try await firstState("wss://localhost:\(port)", options(trusting: nil))
            #expect(stranger?.reason?.hasPrefix("certificate of localhost is not trusted: no known") == true)
            try await Certificate.withFile { file in
                let other = try await firstState("wss://127.0.0.1:\(port)", options(trusting: file))
                #expect(other?.reason == "certificate of 127.0.0.1 is not trusted: it was made for another name")
            }
        }
    }

    @Test("to a server that does not encrypt, or with authorities that cannot be read, says so")
    func mistakes() async throws {
        try await ScriptedServer().run { [self] port, _ in
            let plain = try await firstState("wss://localhost:\(port)", options(trusting: nil))
            #expect(plain?.reason == "localhost:\(port) does not encrypt: use ws:// where that is meant")
        }
        let missing = try await firstState("wss://localhost:1", options(trusting: "/no/such/file"))
        guard case .ended(let reason)? = missing else {
            Issue.record("\(String(describing: missing))")
            return
        }
        #expect(reason.hasPrefix("the file of authorities /no/such/file cannot be read"))
    }
}

extension ConnectionState {
    fileprivate var reason: String? {
        switch self {
        case .offline(let reason, _), .ended(let reason): reason
        case .connecting, .live, .silent: nil
        }
    }
}
