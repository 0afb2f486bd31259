import NIOHTTP1
import Synchronization
import Testing
import TreenityProtocol
import TreenityWebSocket

@testable import TreenityServer

/// A server with tokens, over sockets on the loopback interface.
@Suite("A server with tokens", .timeLimit(.minutes(5)))
struct TokenDoorTests {
    private let document: JSONValue = ["spaces": ["a": 1], "secret": ["b": 2]]

    private static func entry(_ token: String, _ grant: String, expires: String? = nil) throws -> String {
        try TokenEntry(
            hash: TokenHash(of: token), user: token, grants: [Grant(parsing: grant)],
            expiry: expires.flatMap(Expiry.init)
        ).yaml
    }

    private static func bearer(_ token: String) -> String { "Authorization: Bearer \(token)\r\n" }

    private static func get(_ address: ListeningAddress, _ path: String, _ token: String?) async throws -> (Int, String)
    {
        let authorization = token.map(bearer) ?? ""
        let answer = try await http(
            address, "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(authorization)Connection: close\r\n\r\n")
        return (answer.status, answer.body)
    }

    @Test("gives each what they may read, and nobody else anything")
    func reading() async throws {
        let file = try TemporaryFile(Self.entry("ann", "tree:r") + Self.entry("bob", "tree/spaces:rw"))
        try await withServer(document, configure: { $0.tokens = file.path }) { _, address in
            for (path, token, status, body) in [
                ("/tree", "ann", 200, #"{"spaces":{"a":1},"secret":{"b":2}}"#),
                ("/tree", "bob", 200, #"{"spaces":{"a":1}}"#), ("/tree/spaces/a", "bob", 200, "1"),
                ("/tree/secret", "bob", 403, nil), ("/tree", "eve", 401, nil), ("/tree", nil, 401, nil),
                ("/healthz", nil, 200, "ok\n"),
            ] as [(String, String?, Int, String?)] {
                let answer = try await Self.get(address, path, token)
                #expect(answer.0 == status, "\(path) \(token ?? "-")")
                if let body { #expect(answer.1 == body) }
            }
        }
    }

    @Test("lets in over WebSocket by a token, and says to others why not")
    func upgrades() async throws {
        let file = try TemporaryFile(Self.entry("ann", "tree:r"))
        try await withServer(document, configure: { $0.tokens = file.path }) { _, address in
            try await Peer.connect(to: address, headers: ["Authorization": "Bearer ann"]) { peer in
                guard case .welcome = try await peer.next() else {
                    Issue.record("no greeting")
                    return
                }
            }
            let upgrade =
                "GET /patches HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            let refused = try await http(address, upgrade + Self.bearer("eve") + "\r\n")
            #expect(refused.status == 401)
            #expect(refused.body == "this token is not known here\n")
            #expect(refused.headers.contains(#"WWW-Authenticate: Bearer realm="treenity", error="invalid_token""#))
            let nameless = try await http(address, upgrade + "\r\n")
            #expect(nameless.status == 401)
            #expect(nameless.headers.contains(#"WWW-Authenticate: Bearer realm="treenity""#))
        }
    }

    @Test(
        "closes the sessions of a token that is taken back, and those whose rights change, when it reads its file again"
    )
    func reloading() async throws {
        let file = try TemporaryFile(["ann", "bob", "eve"].map { try Self.entry($0, "tree:r") }.joined())
        let path = file.path
        try await withServer(document, configure: { $0.tokens = path }) { server, address in
            try await withThrowingTaskGroup(of: (String, WebSocketEnd).self) { group in
                let (greetings, greeted) = AsyncStream<Void>.makeStream()
                for user in ["ann", "bob", "eve"] {
                    group.addTask {
                        let end = try await Peer.connect(
                            to: address, headers: ["Authorization": "Bearer \(user)"]
                        ) { peer in
                            _ = try await peer.next()
                            greeted.yield()
                            while await peer.nextMessage() != nil {}
                        }
                        return (user, end)
                    }
                }
                var arrivals = greetings.makeAsyncIterator()
                for _ in 0..<3 { await arrivals.next() }
                try replace(path, try Self.entry("ann", "tree:rw") + Self.entry("bob", "tree:r"))
                try await server.reload()
                var ends: [String: CloseReason] = [:]
                for _ in 0..<2 {
                    guard case (let user, .closedByPeer(let reason))? = try await group.next() else { continue }
                    ends[user] = reason
                }
                #expect(
                    ends == [
                        "ann": CloseReason(.tryAgainLater, "the rights have changed: connect again"),
                        "eve": CloseReason(.policyViolation, "the token was revoked"),
                    ])
                #expect(try await Self.get(address, "/tree", "eve").0 == 401)
                group.cancelAll()
            }
        }
    }

    @Test("goes on with the tokens that it has where the file is broken, and says why")
    func brokenFile() async throws {
        let file = try TemporaryFile(Self.entry("ann", "tree:r"))
        let path = file.path
        try await withServer(document, configure: { $0.tokens = path }) { server, address in
            try replace(path, "- user: ann\n")
            let error = await #expect(throws: ServerError.self) { try await server.reload() }
            #expect(error?.description == "\(path), line 1: the token of ann: sha256 is missing")
            #expect(try await Self.get(address, "/tree", "ann").0 == 200)
        }
    }

    @Test("closes a session when its token expires")
    func expiring() async throws {
        let time = Mutex<Int64>(0)
        let clock = StoppedClock()
        let file = try TemporaryFile(Self.entry("ann", "tree:r", expires: "1970-01-01T00:00:30"))
        try await withServer(
            document, pacer: clock, clock: { Timestamp(milliseconds: time.withLock { $0 }) },
            configure: { $0.tokens = file.path }
        ) { _, address in
            let end = try await Peer.connect(to: address, headers: ["Authorization": "Bearer ann"]) { peer in
                _ = try await peer.next()
                time.withLock { $0 = 30_000 }
                // Whoever else paces something is woken too.
                for _ in 0..<10 { clock.wake() }
                while await peer.nextMessage() != nil {}
            }
            #expect(end == .closedByPeer(CloseReason(.policyViolation, "the token has expired")))
        }
    }

    @Test("does not begin without its file, and may be reached from elsewhere with it")
    func beginning() async throws {
        var configuration = ServerConfiguration(logger: .silent)
        configuration.addresses = [.port(0, host: "0.0.0.0")]
        configuration.tokens = "/no/such/file"
        let server = TreeServer(configuration)
        let error = await #expect(throws: ServerError.self) { try await server.run { _ in } }
        #expect(error?.description == "cannot read the file of tokens /no/such/file: no such file or directory")
        let file = try TemporaryFile("[]")
        try await withServer(configure: {
            $0.addresses = configuration.addresses
            $0.tokens = file.path
        }) { _, address in
            #expect(address.host == "0.0.0.0")
        }
    }
}
