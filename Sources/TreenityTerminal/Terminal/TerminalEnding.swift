internal import Glibc

/// Why a terminal says that the program should end.
public enum TerminalEnding: Hashable, Sendable {
    /// Nothing more can be read from it.
    case hangup
    /// A signal asked the process to end: SIGHUP, SIGINT, SIGQUIT or SIGTERM.
    case signal(Int32)

    /// What the process should exit with then: 128 and the signal's number.
    public var exitCode: Int32 {
        switch self {
        case .hangup: 128 + SIGHUP
        case .signal(let number): 128 + number
        }
    }
}
