import Dispatch
import Glibc
import Testing

@testable import TreenityClient

@Suite("A question for the token", .timeLimit(.minutes(5)))
struct TokenPromptTests {
    /// A terminal whose other end is a test's.
    private struct Pair: Sendable {
        let master: Int32
        let slave: Int32
        let path: String

        init() throws {
            var ends: (master: Int32, slave: Int32) = (-1, -1)
            var name = [CChar](repeating: 0, count: 100)
            try #require(openpty(&ends.master, &ends.slave, &name, nil, nil) == 0)
            (master, slave) = ends
            path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        var shows: Bool {
            var settings = termios()
            return tcgetattr(slave, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
        }

        func type(_ text: String) { #expect(write(master, text, text.utf8.count) == text.utf8.count) }

        /// What stands on the screen, up to a text.
        func screen(until end: String) -> String {
            var bytes: [UInt8] = []
            var byte: UInt8 = 0
            while bytes.suffix(end.utf8.count) != Array(end.utf8)[...], read(master, &byte, 1) == 1 {
                bytes.append(byte)
            }
            return String(decoding: bytes, as: UTF8.self)
        }

        func close() {
            Glibc.close(master)
            Glibc.close(slave)
        }
    }

    /// Asks, types once the question is there, and gives what came of it with what was to be seen.
    private func answer(_ typed: String) async throws -> (Result<Token, TokenError>, String) {
        let pair = try Pair()
        defer { pair.close() }
        async let result = apart {
            Result { () throws(TokenError) in try TokenPrompt(at: pair.path).token("Token: ") }
        }
        let question = await apart { pair.screen(until: "Token: ") }
        #expect(!pair.shows)
        pair.type(typed)
        let answer = await result
        let end = await apart { pair.screen(until: "\n") }
        #expect(pair.shows)
        return (answer, question + end)
    }

    /// On a thread of its own, as it blocks.
    private func apart<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "test").async { continuation.resume(returning: body()) }
        }
    }

    @Test("takes what is typed, and does not show it")
    func typed() async throws {
        let (result, seen) = try await answer("hiddem\u{7F}n\n")
        #expect(try result.get() == Token("hidden"))
        #expect(seen == "Token: \r\n")
    }

    @Test("that gets no answer says so", arguments: [("\u{4}", "no token was given"), ("\n", "the token is empty")])
    func unanswered(typed: String, problem: String) async throws {
        let (result, _) = try await answer(typed)
        #expect(throws: TokenError(problem)) { try result.get() }
    }

    @Test("needs a terminal")
    func noTerminal() throws {
        #expect(throws: TokenError.self) { try TokenPrompt(at: "/no/such/terminal").token("") }
        let error = #expect(throws: TokenError.self) { try TokenPrompt(at: "/dev/null").token("") }
        #expect(error?.description == "the token cannot be asked for: /dev/null is no terminal, and would show it")
    }
}
