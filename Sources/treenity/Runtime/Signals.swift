import Dispatch
import Glibc

/// The signals by which a program is asked for something.
enum Signals {
    /// To end.
    static let end = [SIGINT, SIGTERM]
    /// To read its files again.
    static let reload = [SIGHUP]

    /// Runs `body`; calls `handler` each time that one of these signals comes meanwhile, instead of what it does else.
    static func handling<Value>(
        _ numbers: [Int32], _ handler: @escaping @Sendable () -> Void, during body: () async throws -> Value
    ) async rethrows -> Value {
        let sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: handler)
            source.activate()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        return try await body()
    }
}
