import Dispatch
import Glibc

/// The signals by which a program is asked to end.
enum Signals {
    /// Runs `body` and cancels it when SIGINT or SIGTERM comes.
    static func untilAsked(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let (signals, continuation) = AsyncStream<Void>.makeStream()
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.activate()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        try await withThrowingTaskGroup { group in
            group.addTask { try await body() }
            group.addTask { for await _ in signals { return } }
            _ = try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
