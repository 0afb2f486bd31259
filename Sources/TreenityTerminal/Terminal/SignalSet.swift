internal import Glibc

/// Signals by their numbers.
struct SignalSet: OptionSet {
    let rawValue: UInt64

    init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    init(_ signal: Int32) {
        rawValue = 1 << UInt64(signal)
    }

    /// The window has another size.
    static let resize = SignalSet(SIGWINCH)
    /// The suspend key, or somebody else's wish to stop.
    static let stop = SignalSet(SIGTSTP)
    /// The process runs again.
    static let continuation = SignalSet(SIGCONT)
    /// What keys send to all who share a terminal.
    static let keyboard: SignalSet = [SignalSet(SIGINT), SignalSet(SIGQUIT)]

    /// The number of a signal that asks the process to end, if there is one.
    var ending: Int32? {
        [SIGTERM, SIGHUP, SIGINT, SIGQUIT].first { contains(SignalSet($0)) }
    }
}
