/// Why a log could not do what it was asked for.
public struct LogFailure: Error, Hashable, Sendable, CustomStringConvertible {
    private enum Code: Hashable, Sendable {
        case unavailable
        case damaged
        case closed
    }

    private let code: Code

    /// The reason, for a person.
    public let description: String

    private init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// It cannot write now, as on a full disk; it may be able to later.
    public static func unavailable(_ reason: String) -> LogFailure { LogFailure(.unavailable, reason) }

    /// What stands in it cannot be read.
    public static func damaged(_ reason: String) -> LogFailure { LogFailure(.damaged, reason) }

    /// It was closed.
    public static let closed = LogFailure(.closed, "the log is closed")

    /// Whether what stands in it cannot be read.
    public var isDamage: Bool { code == .damaged }
}
