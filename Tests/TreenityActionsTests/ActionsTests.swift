import Foundation
import Testing
import TreenityProtocol
import TreenitySequencer

@testable import TreenityActions

@Suite(.timeLimit(.minutes(2)))
struct ActionsTests {
    @Test(arguments: ["tree/@echo", "tree/a/b/@echo"] as [TreePath])
    func everyServerEchoes(path: TreePath) async throws {
        let file = try ActionFile(parsing: "[{path: tree/**, command: {argv: ['false']}}]")
        try await withActions(file, options: .testing) { actions in
            let echo = try #require(actions.action(at: path))
            #expect(echo.rights == Rights())
            let reply = try await actions.run(echo, path: path, value: ["patches": 1], user: "ann")
            #expect(reply == ActionReply(value: ["patches": 1]))
            let empty = try await actions.run(echo, path: path, value: nil, user: "ann")
            #expect(empty.value == .null)
        }
    }

    @Test func whereThereIsNoActionThereIsNone() async throws {
        try await withActions(.empty, options: .testing) { actions in
            #expect(actions.action(at: "tree/@echo/x") == nil)
            #expect(actions.action(at: "tree") == nil)
        }
    }

    @Test func anActionOfTheFileIsRun() async throws {
        let file = try ActionFile(parsing: "[{path: tree/a/*, command: {argv: [printf, 7]}}]")
        try await withActions(file, options: .testing) { actions in
            let action = try #require(actions.action(at: "tree/a/b"))
            let reply = try await actions.run(action, path: "tree/a/b", value: nil, user: "ann")
            #expect(reply.value == 7)
        }
    }

    @Test func whoWaitsTooLongForATurnIsRefused() async throws {
        try await NamedPipe.with { pipe in
            let clock = HandClock()
            var options = ActionOptions.testing
            options.clock = clock
            options.maximumRunning = 1
            try await withActions(.empty, options: options) { actions in
                let long = Action(.command(.script("cat '\(pipe.path)'", timeout: .seconds(600))))
                let short = Action(.command(.script("printf 2", timeout: .seconds(10))))
                async let first = actions.run(long, path: "tree/x", value: nil, user: "ann")
                let writer = try await pipe.writer()
                await clock.whenAsleep(1)
                async let second = cause(of: short, actions)
                await clock.whenAsleep(2)
                clock.advance(by: .seconds(10))
                let refused = await second
                #expect(refused == .tooManyRunning)
                try writer.write(contentsOf: Data("1".utf8))
                try writer.close()
                let reply = try await first
                #expect(reply.value == 1)
                let next = try await actions.run(short, path: "tree/x", value: nil, user: "ann")
                #expect(next.value == 2)
            }
        }
    }

    @Test func whoWaitsGetsItsTurn() async throws {
        var options = ActionOptions.testing
        options.maximumRunning = 2
        try await withActions(.empty, options: options) { actions in
            let action = Action(.command(.script("cat")))
            let values = try await withThrowingTaskGroup(of: JSONValue.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await actions.run(action, path: "tree/x", value: .integer(number), user: "ann").value
                    }
                }
                return try await group.reduce(into: Set<JSONValue>()) { $0.insert($1) }
            }
            #expect(values == Set((0..<20).map { .integer($0) }))
        }
    }

    @Test func whoeverComesWhileTooManyWaitIsRefusedAtOnce() async throws {
        var options = ActionOptions.testing
        options.maximumRunning = 0
        options.maximumWaiting = 0
        #expect(try await failure(.command(.script("true")), options: options)?.cause == .tooManyRunning)
    }

    private func cause(of action: Action, _ actions: Actions) async -> ActionFailure.Cause? {
        do throws(ActionFailure) {
            _ = try await actions.run(action, path: "tree/x", value: nil, user: "ann")
            return nil
        } catch {
            return error.cause
        }
    }
}
