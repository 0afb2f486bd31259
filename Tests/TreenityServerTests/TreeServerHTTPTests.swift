import Testing
import TreenityProtocol

@testable import TreenityServer

/// What the server answers to plain HTTP, over sockets on the loopback interface.
@Suite(.timeLimit(.minutes(5))) struct TreeServerHTTPTests {
    private let document: JSONValue = ["spaces": ["marketing": ["tasks": ["101": ["status": "assigned"]]]], "n": 1]

    @Test("The tree is there as JSON with the place that it is true for")
    func get() async throws {
        try await withServer(document) { server, address in
            _ = await server.submit([Patch(.edit(2), "tree/n")], user: "machine")
            for (request, status, body) in [
                ("GET /tree/spaces/marketing/tasks", 200, #"{"101":{"status":"assigned"}}"#),
                ("GET /tree/spaces/marketing/tasks/101/status", 200, #""assigned""#),
                ("GET /tree/n?x=1", 200, "2"), ("HEAD /tree/n", 200, ""), ("GET /tree/none", 404, nil),
                ("GET /tree//", 400, nil), ("POST /tree/n", 405, nil), ("POST /nowhere", 404, nil),
                ("GET /", 404, nil), ("GET /patches", 426, nil), ("GET /healthz", 200, "ok\n"),
            ] as [(String, Int, String?)] {
                let response = try await http(
                    address, "\(request) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                #expect(response.status == status, "\(request)")
                if let body { #expect(response.body == body, "\(request)") }
                if request.contains(" /tree"), status == 200 {
                    #expect(response.headers.contains("ETag: \"1\""))
                    #expect(response.headers.contains("Content-Type: application/json"))
                }
            }
        }
    }

    @Test("An empty tree is an empty object")
    func emptyTree() async throws {
        try await withServer { _, address in
            let response = try await http(
                address, "GET /tree/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(response.body == "{}")
            #expect(response.headers.contains("ETag: \"0\""))
        }
    }

    @Test("A connection answers request after request")
    func keepAlive() async throws {
        try await withServer(document) { _, address in
            let request = "GET /tree/n HTTP/1.1\r\nHost: localhost\r\n"
            let response = try await http(address, "\(request)\r\n\(request)Connection: close\r\n\r\n")
            #expect(response.body.hasPrefix("1HTTP/1.1 200 OK"))
        }
    }

    @Test("An upgrade elsewhere, or by a page of another origin, is refused as HTTP")
    func refusedUpgrades() async throws {
        try await withServer { _, address in
            let upgrade =
                "Host: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            let elsewhere = try await http(address, "GET /elsewhere HTTP/1.1\r\n\(upgrade)\r\n").status
            #expect(elsewhere == 404)
            let foreign = "Origin: http://evil.example\r\n"
            let foreignUpgrade = try await http(address, "GET /patches HTTP/1.1\r\n\(upgrade)\(foreign)\r\n").status
            #expect(foreignUpgrade == 403)
            let get = "GET /tree HTTP/1.1\r\nHost: localhost\r\n\(foreign)Connection: close\r\n\r\n"
            let foreignGet = try await http(address, get).status
            #expect(foreignGet == 403)
        }
    }

    @Test("An upgrade of another kind is refused and leaves nobody waiting")
    func otherUpgrade() async throws {
        try await withServer { _, address in
            let upgrade =
                "Host: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n"
            let response = try await http(address, "GET /tree HTTP/1.1\r\n\(upgrade)\r\n")
            #expect(response.status == 400)
        }
    }

    @Test("A long answer comes whole, also to who takes it slowly and then is hung up on")
    func longAnswer() async throws {
        let text = String(repeating: "0123456789abcdef", count: 1 << 18)
        try await withServer(["long": .string(text)]) { _, address in
            let request = "GET /tree/long HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            let answer = try await http(address, request, window: 4_096)
            #expect(answer.status == 200)
            #expect(answer.body.utf8.count == text.utf8.count + 2)
        }
    }
}
