/// The extension's name and parameters on the wire (RFC 7692, section 7.1).
private enum Term {
    static let name = "permessage-deflate"
    static let serverWithoutContext = "server_no_context_takeover"
    static let clientWithoutContext = "client_no_context_takeover"
    static let serverWindow = "server_max_window_bits"
    static let clientWindow = "client_max_window_bits"
}

extension Deflation {
    /// Where offers and answers stand.
    static let header = "Sec-WebSocket-Extensions"

    /// What a client asks for: messages that stand alone, both ways. It would take the hint to use a smaller window.
    static let offer = [Term.name, Term.serverWithoutContext, Term.clientWithoutContext, Term.clientWindow]
        .joined(separator: "; ")

    /// What a server agrees to: the first offer that it can keep, or nothing.
    ///
    /// - Parameter offers: The elements of the request's `Sec-WebSocket-Extensions`, in order.
    init?(offers: [some StringProtocol]) {
        for offer in offers {
            guard let terms = WebSocketExtension(offer).flatMap({ Terms($0, windowNeedsValue: false) }),
                Deflation.writable ~= terms.serverWindow ?? Deflation.full.windowBits
            else { continue }
            self.init(windowBits: terms.serverWindow ?? Deflation.full.windowBits)
            return
        }
        return nil
    }

    /// How a server tells its client that it agrees.
    var answer: String {
        var parts = [Term.name, Term.serverWithoutContext, Term.clientWithoutContext]
        if self != .full { parts.append("\(Term.serverWindow)=\(windowBits)") }
        return parts.joined(separator: "; ")
    }

    /// What a client reads from the answer.
    ///
    /// - Parameters:
    ///   - answer: The elements of the response's `Sec-WebSocket-Extensions`; none where the server declines.
    ///   - isOffered: Whether the request held ``offer``, or nothing.
    /// - Throws: Where the server agrees to what was not offered.
    static func agreed(
        in answer: [some StringProtocol], isOffered: Bool
    ) throws(WebSocketHandshakeError) -> Deflation? {
        guard let first = answer.first else { return nil }
        guard isOffered, answer.count == 1, let element = WebSocketExtension(first), element.name == Term.name else {
            throw WebSocketHandshakeError(.unknownExtension(answer.joined(separator: ", ")))
        }
        guard let terms = Terms(element, windowNeedsValue: true), terms.serverForgets else {
            throw WebSocketHandshakeError(.unofferedTerms(String(first)))
        }
        return Deflation(windowBits: terms.clientWindow ?? Deflation.full.windowBits)
    }
}

/// The parameters of one offer or answer, where they are as the RFC allows.
private struct Terms {
    var serverForgets = false
    var serverWindow: Int?
    var clientWindow: Int?

    /// - Parameter windowNeedsValue: whether `client_max_window_bits` has to have a value: it may go without in an offer.
    init?(_ element: WebSocketExtension, windowNeedsValue: Bool) {
        guard element.name == Term.name else { return nil }
        guard Set(element.parameters.map(\.name)).count == element.parameters.count else { return nil }
        for parameter in element.parameters {
            switch (parameter.name, parameter.value) {
            case (Term.serverWithoutContext, nil): serverForgets = true
            case (Term.clientWithoutContext, nil): break
            case (Term.clientWindow, nil) where !windowNeedsValue: break
            case (Term.clientWindow, let value?):
                guard let bits = Terms.windowBits(value) else { return nil }
                clientWindow = bits
            case (Term.serverWindow, let value?):
                guard let bits = Terms.windowBits(value) else { return nil }
                serverWindow = bits
            default: return nil
            }
        }
    }

    /// A decimal number from 8 to 15 without leading zeros.
    private static func windowBits(_ text: String) -> Int? {
        (8...15).first { String($0) == text }
    }
}
