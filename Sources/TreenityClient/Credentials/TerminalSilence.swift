import Dispatch
import Glibc
import Synchronization

/// A terminal does not show what is typed, until this ends or a signal ends the process.
final class TerminalSilence: Sendable {
    private static let endings = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    private let descriptor: Int32
    /// `nil` once the terminal is as it was.
    private let before: Mutex<termios?>
    private let signals = Mutex<[Watched]>([])

    private struct Watched {
        let number: Int32
        let source: (any DispatchSourceSignal)?
        let before: sigaction
    }

    /// Begins. `nil`: the descriptor is no terminal, or cannot be silenced.
    init?(_ descriptor: Int32) {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return nil }
        self.descriptor = descriptor
        before = Mutex(settings)
        // First, so that no signal comes in between.
        signals.withLock { $0 = TerminalSilence.endings.compactMap(watch) + [TerminalSilence.ignore(SIGTSTP)] }
        settings.c_lflag &= ~tcflag_t(ECHO)
        settings.c_lflag |= tcflag_t(ICANON)
        guard tcsetattr(descriptor, TCSAFLUSH, &settings) == 0 else {
            end()
            return nil
        }
    }

    func write(_ text: String) {
        // Where it cannot be written, the answer cannot be read either, which is said.
        _ = Array(text.utf8).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    /// The terminal and the signals are as before.
    func end() {
        restore()
        for signal in signals.withLock({ exchange(&$0, with: []) }) {
            signal.source?.cancel()
            var before = signal.before
            sigaction(signal.number, &before, nil)
        }
    }

    private func restore() {
        before.withLock { before in
            guard var settings = before.take() else { return }
            tcsetattr(descriptor, TCSANOW, &settings)
            // The end of line that was typed was not shown.
            write("\n")
        }
    }

    private func watch(_ number: Int32) -> Watched? {
        let ignored = TerminalSilence.ignore(number)
        // SIG_IGN is the address 1: whoever ignores it goes on ignoring it.
        guard unsafeBitCast(ignored.before.__sigaction_handler.sa_handler, to: Int.self) != 1 else { return nil }
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { [weak self] in
            self?.restore()
            signal(number, SIG_DFL)
            kill(getpid(), number)
        }
        source.activate()
        return Watched(number: number, source: source, before: ignored.before)
    }

    private static func ignore(_ number: Int32) -> Watched {
        var ignoring = sigaction()
        ignoring.__sigaction_handler.sa_handler = SIG_IGN
        var before = sigaction()
        sigaction(number, &ignoring, &before)
        return Watched(number: number, source: nil, before: before)
    }
}
