/// A frame was not sent.
public struct SendError: Error, Hashable, Sendable, CustomStringConvertible {
    private enum Code: Hashable {
        case offline
        case notSpoken
        case tooLong(bytes: Int, limit: Int)
    }

    private let code: Code

    /// There is no live connection, or it went away meanwhile. The frame may or may not have arrived.
    public static let offline = SendError(code: .offline)
    /// The server speaks the bare protocol, which knows patches alone.
    public static let notSpoken = SendError(code: .notSpoken)

    static func tooLong(bytes: Int, limit: Int) -> SendError {
        SendError(code: .tooLong(bytes: bytes, limit: limit))
    }

    /// Whether the server would not take a message so long.
    public var isTooLong: Bool {
        if case .tooLong = code { true } else { false }
    }

    /// The reason, for a person.
    public var description: String {
        switch code {
        case .offline: "there is no connection to the server"
        case .notSpoken: "this server takes patches and nothing else"
        case .tooLong(let bytes, let limit): "\(bytes) bytes are more than the server takes at once, which is \(limit)"
        }
    }
}
