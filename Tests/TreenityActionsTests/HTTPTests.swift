import NIOHTTP1
import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityActions

@Suite(.timeLimit(.minutes(2)))
struct HTTPTests {
    @Test func anActionIsPostedAndItsReplyRead() async throws {
        try await LocalServer.with(answering: { _ in .status(201, body: #"{"value":7}"#) }) { server in
            let headers = [HTTPPost.Header(name: "Authorization", value: "Bearer abc")]
            let reply = try await run(.post(post(server.url, headers: headers)), value: ["copies": 2])
            #expect(reply == ActionReply(value: 7))
            let request = try #require(await server.requests.first { _ in true })
            #expect(request.head.method == .POST)
            #expect(request.head.uri == "/do")
            #expect(request.head.headers["Content-Type"] == ["application/json"])
            #expect(request.head.headers["Authorization"] == ["Bearer abc"])
            #expect(request.body == #"{"path":"tree/x","value":{"copies":2},"user":"ann"}"#)
        }
    }

    @Test func aHeaderOfTheFileTakesThePlaceOfTheUsualOne() async throws {
        try await LocalServer.with(answering: { _ in .status(200) }) { server in
            let headers = [HTTPPost.Header(name: "content-type", value: "text/json")]
            let reply = try await run(.post(post(server.url, headers: headers)))
            #expect(reply == ActionReply(value: .null))
            let request = try #require(await server.requests.first { _ in true })
            #expect(request.head.headers["Content-Type"] == ["text/json"])
        }
    }

    @Test func anotherStatusIsAFailureWithTheStartOfTheBody() async throws {
        let body = "no\u{7}\n ink\u{202E} " + String(repeating: "é", count: 3000)
        try await LocalServer.with(answering: { _ in .status(503, body: body) }) { server in
            let failure = try await failure(.post(post(server.url)))
            #expect(failure?.cause == .status(503, "no ink " + String(repeating: "é", count: 493)))
        }
    }

    @Test func theBodyOfAFailureIsNotReadToItsEnd() async throws {
        let body = String(repeating: "x", count: 3000)
        try await LocalServer.with(answering: { _ in .unfinished(503, body: body) }) { server in
            let failure = try await failure(.post(post(server.url)))
            #expect(failure?.cause == .status(503, String(repeating: "x", count: 500)))
        }
    }

    @Test func aRedirectIsNotFollowed() async throws {
        try await LocalServer.with(answering: { request in
            request.head.uri == "/do" ? .status(307, headers: ["Location": "/else"]) : .status(200, body: "1")
        }) { server in
            let failure = try await failure(.post(post(server.url)))
            #expect(failure?.cause == .status(307, ""))
        }
    }

    @Test func aReplyThatIsTooLongIsNotReadToItsEnd() async throws {
        let body = String(repeating: "1", count: 1001)
        try await LocalServer.with(answering: { _ in .unfinished(200, body: body) }) { server in
            let failure = try await failure(.post(post(server.url, maximumReplyBytes: 1000)))
            #expect(failure?.cause == .replyTooLong(maximum: 1000))
        }
    }

    @Test func aReplyOfJustTheMaximumIsTaken() async throws {
        let body = "\"" + String(repeating: "1", count: 998) + "\""
        try await LocalServer.with(answering: { _ in .status(200, body: body) }) { server in
            let reply = try await run(.post(post(server.url, maximumReplyBytes: 1000)))
            #expect(reply.value.text == body)
        }
    }

    @Test func aReplyThatIsNoJSONIsAFailure() async throws {
        try await LocalServer.with(answering: { _ in .status(200, body: "<html>") }) { server in
            let failure = try await failure(.post(post(server.url)))
            #expect(failure?.description.hasPrefix("the action's reply is no JSON: ") == true)
        }
    }

    @Test(arguments: [LocalServer.Answer.silence, .unfinished(200, body: "[1,")])
    func aServerThatIsTooSlowIsGivenUp(answer: LocalServer.Answer) async throws {
        try await LocalServer.with(answering: { _ in answer }) { server in
            let clock = HandClock()
            var options = ActionOptions.testing
            options.clock = clock
            async let failure = failure(.post(post(server.url)), options: options)
            _ = await server.requests.first { _ in true }
            await clock.whenAsleep(1)
            clock.advance(by: .seconds(10))
            let cause = try await failure?.cause
            #expect(cause == .tookTooLong(.seconds(10)))
        }
    }

    @Test func aFailureWhoseBodyBreaksOffIsStillThatFailure() async throws {
        try await LocalServer.with(answering: { _ in .brokenOff(500, body: "oh") }) { server in
            let failure = try await failure(.post(post(server.url)))
            #expect(failure?.cause == .status(500, "oh"))
        }
    }

    @Test func aReplyThatBreaksOffIsAFailure() async throws {
        try await LocalServer.with(answering: { _ in .brokenOff(200, body: "1") }) { server in
            let failure = try await failure(.post(post(server.url)))
            #expect(failure?.description == "the action's server gave no answer: it closed the connection")
        }
    }

    @Test func cancellingTheTaskEndsTheRequest() async throws {
        try await LocalServer.with(answering: { _ in .silence }) { server in
            let action = post(server.url)
            let task = Task { try await failure(.post(action)) }
            _ = await server.requests.first { _ in true }
            task.cancel()
            let cause = try await task.value?.cause
            #expect(cause == .cancelled)
        }
    }

    @Test func aServerThatIsNotThereIsAFailureAtOnce() async throws {
        let refusing = RefusingPort()
        defer { refusing.giveUp() }
        let failure = try await failure(.post(post("http://127.0.0.1:\(refusing.number)/")))
        #expect(failure?.description == "the action's server gave no answer: connection refused")
    }

    @Test func aServerThatHangsUpIsAFailure() async throws {
        try await LocalServer.with(answering: { _ in .hangUp }) { server in
            let failure = try await failure(.post(post(server.url)))
            #expect(failure?.description == "the action's server gave no answer: it closed the connection")
        }
    }

    private func post(
        _ url: String, headers: [HTTPPost.Header] = [], maximumReplyBytes: Int = 1 << 20
    ) -> HTTPPost {
        HTTPPost(url: url, headers: headers, timeout: .seconds(10), maximumReplyBytes: maximumReplyBytes)
    }
}
