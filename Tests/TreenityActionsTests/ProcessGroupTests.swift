import Testing
import TreenityProtocol

@testable import TreenityActions

@Suite(.timeLimit(.minutes(2)))
struct ProcessGroupTests {
    @Test func aChildThatHoldsTheOutputDoesNotHoldTheReply() async throws {
        try await NamedPipe.with { pipe in
            async let written = pipe.text()
            let script = "exec 9>'\(pipe.path)'; sleep 1000 & printf 7"
            let reply = try await run(.command(.script(script)))
            #expect(reply.value == 7)
            // The end of the pipe is the end of the child.
            let rest = try await written
            #expect(rest.isEmpty)
        }
    }

    @Test func aChildThatHoldsNothingDoesNotOutliveTheCommand() async throws {
        try await NamedPipe.with { pipe in
            async let written = pipe.text()
            let script = "exec 9>'\(pipe.path)'; sleep 1000 >/dev/null 2>&1 & printf 7"
            let reply = try await run(.command(.script(script)))
            #expect(reply.value == 7)
            let rest = try await written
            #expect(rest.isEmpty)
        }
    }

    @Test func aChildThatComplainsWithoutEndDoesNotHoldTheReply() async throws {
        #expect(try await run(.command(.script("yes >&2 & printf 7"))).value == 7)
    }

    @Test func aCommandThatHasClosedItsOutputMayGoOn() async throws {
        try await NamedPipe.with { pipe in
            async let written = pipe.text()
            let script = "exec >&- 2>&-; echo done > '\(pipe.path)'"
            let reply = try await run(.command(.script(script)))
            #expect(reply.value == .null)
            let rest = try await written
            #expect(rest == "done\n")
        }
    }

    @Test func theTimeLimitEndsTheCommandAndItsChildren() async throws {
        #expect(try await written(byLate: "echo ready >&9; sleep 1000 & wait").isEmpty)
    }

    @Test func aCommandMayCleanUpWhenItIsToEnd() async throws {
        let script = "trap 'echo bye >&9; exit 0' TERM; echo ready >&9; sleep 1000 & wait"
        #expect(try await written(byLate: script, gracePeriod: .seconds(100)) == "bye\n")
    }

    @Test func aCommandThatIgnoresItsEndIsKilledWithItsChildren() async throws {
        #expect(try await written(byLate: "trap '' TERM; echo ready >&9; sleep 1000; sleep 1000").isEmpty)
    }

    @Test func aChildThatIgnoresTheEndIsKilledAfterTheCommand() async throws {
        let script = "(trap '' TERM; echo ready >&9; sleep 1000; sleep 1000) & wait"
        #expect(try await written(byLate: script).isEmpty)
    }

    @Test func cancellingTheTaskEndsTheCommand() async throws {
        try await NamedPipe.with { pipe in
            let script = "exec 9>'\(pipe.path)'; echo ready >&9; sleep 1000"
            let task = Task { try await failure(.command(.script(script))) }
            let reader = try await pipe.reader()
            #expect(try await reader.part() == "ready\n")
            task.cancel()
            #expect(try await task.value?.cause == .cancelled)
            #expect(try await reader.text().isEmpty)
        }
    }

    @Test func anActionOfACancelledTaskDoesNotStart() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await failure(.command(.script("true")))
        }
        #expect(try await task.value?.cause == .cancelled)
    }

    /// What a command writes to its descriptor 9 after it was ready there and then took too long, up to its end and that of
    /// all its children.
    private func written(byLate script: String, gracePeriod: Duration = .milliseconds(50)) async throws -> String {
        try await NamedPipe.with { pipe in
            let clock = HandClock()
            var options = ActionOptions.testing
            options.clock = clock
            options.gracePeriod = gracePeriod
            async let failure = failure(.command(.script("exec 9>'\(pipe.path)'; \(script)")), options: options)
            let reader = try await pipe.reader()
            #expect(try await reader.part() == "ready\n")
            await clock.whenAsleep(1)
            clock.advance(by: .seconds(60))
            #expect(try await failure?.cause == .tookTooLong(.seconds(60)))
            return try await reader.text()
        }
    }
}
