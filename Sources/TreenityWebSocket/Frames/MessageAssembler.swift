/// Puts messages together from frames and refuses what breaks RFC 6455, or RFC 7692 where messages may be compressed.
///
/// Between messages → within a fragmented message → between messages. Control frames pass in both states.
struct MessageAssembler: ~Copyable {
    /// What one frame comes to.
    enum Outcome: Hashable, Sendable {
        /// A part of a message; the rest follows.
        case incomplete
        case message(WebSocketMessage)
        /// To be answered by a pong with the same payload.
        case ping([UInt8])
        case pong([UInt8])
        case close(CloseReason)
        /// The peer broke the rules: the connection is to be closed for this reason.
        case failure(CloseReason)
    }

    /// Clients have to mask what they send, servers must not.
    private let expectsMask: Bool
    private let maximumBytes: Int
    private let inflates: Bool
    private var partial: PartialMessage?

    /// Whether more of a message is to come.
    var isWithinMessage: Bool { partial != nil }

    /// - Parameters:
    ///   - maximumBytes: how long a message may be, inflated.
    ///   - inflates: whether messages may come compressed.
    init(expectsMask: Bool, maximumBytes: Int, inflates: Bool = false) {
        self.expectsMask = expectsMask
        self.maximumBytes = maximumBytes
        self.inflates = inflates
    }

    /// Takes the next frame.
    ///
    /// - Complexity: O(length of the frame), inflated.
    mutating func receive(_ frame: Frame) -> Outcome {
        do throws(Violation) {
            guard frame.isMasked == expectsMask else {
                throw .broken(expectsMask ? "a client's frame is not masked" : "a server's frame is masked")
            }
            guard !frame.isReserved, !frame.isCompressed || mayBeginCompressed(frame) else {
                throw .broken("a reserved bit is set")
            }
            switch frame.kind {
            case .text: return try begin(frame, isText: true)
            case .binary: return try begin(frame, isText: false)
            case .continuation: return try resume(frame)
            case .ping: return .ping(try controlPayload(frame))
            case .pong: return .pong(try controlPayload(frame))
            case .close: return .close(try closeReason(try controlPayload(frame)))
            case .reserved(let opcode): throw .broken("the opcode \(opcode) is reserved")
            }
        } catch {
            return .failure(error.reason)
        }
    }

    /// The first frame of a message tells of all of them.
    private func mayBeginCompressed(_ frame: Frame) -> Bool {
        inflates && (frame.kind == .text || frame.kind == .binary)
    }

    private mutating func begin(_ frame: Frame, isText: Bool) throws(Violation) -> Outcome {
        guard partial == nil else { throw .broken("a message begins inside of another") }
        return try advance(
            PartialMessage(isText: isText, isCompressed: frame.isCompressed, limit: maximumBytes), by: frame)
    }

    private mutating func resume(_ frame: Frame) throws(Violation) -> Outcome {
        guard let partial = partial.take() else { throw .broken("a continuation without a beginning") }
        return try advance(partial, by: frame)
    }

    private mutating func advance(
        _ message: consuming PartialMessage, by frame: Frame
    ) throws(Violation) -> Outcome {
        try message.append(frame.payload, isLast: frame.isLast)
        guard frame.isLast else {
            partial = consume message
            return .incomplete
        }
        return .message(message.whole)
    }

    private func controlPayload(_ frame: Frame) throws(Violation) -> [UInt8] {
        guard frame.isLast else { throw .broken("a control frame is fragmented") }
        return frame.payload
    }

    private func closeReason(_ payload: [UInt8]) throws(Violation) -> CloseReason {
        guard !payload.isEmpty else { return CloseReason(nil) }
        guard payload.count >= 2 else { throw .broken("a close frame of one byte") }
        let code = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        guard code.isSendable else { throw .broken("the close code \(code.rawValue) is not for the wire") }
        guard let text = String(validating: payload.dropFirst(2), as: UTF8.self) else {
            throw .invalid("a close reason is not UTF-8")
        }
        return CloseReason(code, text)
    }
}
