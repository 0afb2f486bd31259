import Dispatch
import Glibc

extension Signals {
    /// Lends a stream that yields when SIGHUP comes; those that come before the last was handled are one.
    static func withHangups(_ body: (AsyncStream<Void>) async throws -> Void) async rethrows {
        let (hangups, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler { continuation.yield() }
        source.activate()
        defer { source.cancel() }
        try await body(hangups)
    }
}
