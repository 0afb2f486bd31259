/// The peer broke the rules; the connection is to be closed for this reason.
struct Violation: Error {
    let reason: CloseReason

    /// Against RFC 6455 or an extension of it.
    static func broken(_ text: String) -> Violation {
        Violation(reason: CloseReason(.protocolError, text))
    }

    /// Bytes that are not what their message says.
    static func invalid(_ text: String) -> Violation {
        Violation(reason: CloseReason(.invalidText, text))
    }

    static func tooLong(limit: Int) -> Violation {
        Violation(reason: CloseReason(.messageTooBig, "a message is longer than \(limit) bytes"))
    }
}
