/// What proves to a server who the user is. It shows itself nowhere: neither printed, dumped nor logged.
public struct Token: Hashable, Sendable {
    private let secret: Secret

    /// The longest token, in bytes.
    public static let maximumBytes = 4_096

    /// A token of this text.
    ///
    /// - Throws: ``TokenError`` where it is empty, longer than ``maximumBytes``, or holds anything but visible ASCII:
    ///   it would break out of its line in the request.
    public init(_ text: String) throws(TokenError) {
        guard !text.isEmpty else { throw TokenError("the token is empty") }
        guard text.utf8.count <= Token.maximumBytes else {
            throw TokenError("the token is longer than \(Token.maximumBytes) bytes")
        }
        guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw TokenError("the token holds blanks, control characters or letters beyond ASCII")
        }
        secret = Secret(text)
    }

    /// The value of the header `Authorization`.
    var authorization: String { "Bearer \(secret.text)" }
}

extension Token: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always the same.
    public var description: String { "(token)" }
    /// Always the same.
    public var debugDescription: String { description }
    /// Of nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
