import Glibc

/// Why the user's edits cannot be kept over a crash. They go out all the same.
public struct OutboxError: Error, Hashable, Sendable, CustomStringConvertible {
    private enum Code: Hashable, Sendable {
        case noRoom
        case notAllowed
        case other
    }

    private let code: Code
    /// What is wrong, where, and what to do.
    let reason: String

    /// What an error of the system means.
    ///
    /// - Parameter path: what it is about.
    init(_ number: Int32, at path: String) {
        (code, reason) =
            switch number {
            case ENOSPC, EDQUOT: (.noRoom, "there is no room left at \(path): make some")
            case EROFS: (.notAllowed, "\(path) is on a file system that is read-only: set XDG_STATE_HOME elsewhere")
            case EACCES, EPERM:
                (.notAllowed, "this user may not use \(path): change its rights, or set XDG_STATE_HOME elsewhere")
            case ENOTDIR: (.other, "a part of \(path) is no folder: set XDG_STATE_HOME elsewhere")
            default: (.other, "\(path): \(String(cString: strerror(number)).lowercased())")
            }
    }

    /// The reason, for a person: what is wrong, where, and what to do.
    public var description: String { "unsent edits would not survive a crash: \(reason)" }

    /// Whether the disk is full.
    public var isLackOfRoom: Bool { code == .noRoom }
}
