/// A ``PatchStream`` cannot go on, or could not do what was asked of it.
public struct StreamError: Error, Hashable, Sendable, CustomStringConvertible {
    private enum Code: Hashable {
        case ended
        case notSpoken
        case closed
        case tooLong
    }

    private let code: Code
    /// The reason, for a person.
    public let description: String

    static func ended(_ reason: String) -> StreamError { StreamError(code: .ended, description: reason) }

    /// The server speaks the bare protocol, which has no questions and no actions.
    static let notSpoken = StreamError(code: .notSpoken, description: "\(SendError.notSpoken)")

    /// The stream is closed.
    static let closed = StreamError(code: .closed, description: "the stream is closed")

    static func tooLong(_ error: SendError) -> StreamError { StreamError(code: .tooLong, description: "\(error)") }

    /// Whether the server, or what was given to connect to it, leaves no hope for another attempt.
    public var isFinal: Bool { code == .ended }
    /// Whether the server speaks the bare protocol, which has no answer to that.
    public var isNotSpoken: Bool { code == .notSpoken }
    /// Whether the server takes no message that long.
    public var isTooLong: Bool { code == .tooLong }
}
