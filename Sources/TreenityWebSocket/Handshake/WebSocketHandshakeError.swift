/// A server's answer to the opening handshake cannot be taken.
public struct WebSocketHandshakeError: Error, Hashable, Sendable, CustomStringConvertible {
    enum Code: Hashable, Sendable {
        case unknownExtension(String)
        case unofferedTerms(String)
    }

    let code: Code

    init(_ code: Code) {
        self.code = code
    }

    /// What is wrong, for a person.
    public var description: String {
        switch code {
        case .unknownExtension(let text):
            "the server uses a WebSocket extension that was not offered: \(text.prefix(80))"
        case .unofferedTerms(let text): "the server compresses in a way that was not offered: \(text.prefix(80))"
        }
    }
}
