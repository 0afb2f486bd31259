import Dispatch
import Glibc

extension Signals {
    /// Yields when SIGHUP comes; those that come before the last was handled are one.
    static func hangups() -> AsyncStream<Void> {
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        return AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            source.setEventHandler { continuation.yield() }
            continuation.onTermination = { _ in source.cancel() }
            source.activate()
        }
    }
}
