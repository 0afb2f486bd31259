internal import CNcurses
internal import Dispatch
internal import Glibc

/// The signals of a terminal's life, caught as long as this is not cancelled, and handed on in the main queue.
@MainActor
final class TerminalSignals {
    private let descriptor: Int32
    private let source: any DispatchSourceRead
    private var isStarted = false

    /// Catches them from now on.
    init() throws(TerminalError) {
        let descriptor = cn_signals_open()
        guard descriptor >= 0 else { throw .outOfResources }
        self.descriptor = descriptor
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
        source.setCancelHandler { close(descriptor) }
    }

    /// Hands on those that came and those that come.
    func start(deliver: @escaping @MainActor (SignalSet) -> Void) {
        source.setEventHandler { [descriptor] in
            MainActor.assumeIsolated { deliver(SignalSet(rawValue: cn_signals_take(descriptor))) }
        }
        isStarted = true
        source.activate()
    }

    /// Gives them back to whom they belonged before.
    func cancel() {
        cn_signals_close()
        source.cancel()
        // A source that was never active must not be let go.
        if !isStarted { source.activate() }
    }
}
