import TreenityWebSocket

extension WebSocketEnd {
    /// Why the connection is gone, for a person.
    var words: String {
        switch self {
        case .closedByPeer(let reason): WebSocketEnd.words(for: reason)
        case .closedHere(let reason): reason.text
        case .refused(let reason): "the server broke the WebSocket protocol: \(reason.text)"
        case .silent: "the server has fallen silent"
        case .lost(let problem): problem
        }
    }

    private static func words(for reason: CloseReason) -> String {
        let words =
            switch reason.code {
            case .goingAway: "the server is going down"
            case .tryAgainLater: "the server is overloaded, or this end too slow"
            case .policyViolation: "the server turned us away"
            case .messageTooBig: "the server found a message too long"
            case let code?: "the server closed the connection (\(code.rawValue))"
            case nil: "the server closed the connection"
            }
        return reason.text.isEmpty ? words : "\(words): \(reason.text)"
    }
}
