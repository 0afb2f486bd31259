import NIOCore
import NIOWebSocket

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
    mutating func receive(_ frame: WebSocketFrame) -> Outcome {
        do throws(Violation) {
            guard (frame.maskKey != nil) == expectsMask else {
                throw .broken(expectsMask ? "a client's frame is not masked" : "a server's frame is masked")
            }
            guard frame.reservedBits.isEmpty || isCompressedBeginning(frame) else {
                throw .broken("a reserved bit is set")
            }
            switch frame.opcode {
            case .text: return try begin(frame, isText: true)
            case .binary: return try begin(frame, isText: false)
            case .continuation: return try resume(frame)
            case .ping, .pong, .connectionClose: return try control(frame)
            default: throw .broken("the opcode \(UInt8(webSocketOpcode: frame.opcode)) is reserved")
            }
        } catch {
            return .failure(error.reason)
        }
    }

    /// The first frame of a message tells of all of them.
    private func isCompressedBeginning(_ frame: WebSocketFrame) -> Bool {
        inflates && frame.reservedBits == .rsv1 && (frame.opcode == .text || frame.opcode == .binary)
    }

    private mutating func begin(_ frame: WebSocketFrame, isText: Bool) throws(Violation) -> Outcome {
        guard partial == nil else { throw .broken("a message begins inside of another") }
        return try advance(PartialMessage(isText: isText, isCompressed: frame.rsv1, limit: maximumBytes), by: frame)
    }

    private mutating func resume(_ frame: WebSocketFrame) throws(Violation) -> Outcome {
        guard let partial = partial.take() else { throw .broken("a continuation without a beginning") }
        return try advance(partial, by: frame)
    }

    private mutating func advance(
        _ message: consuming PartialMessage, by frame: WebSocketFrame
    ) throws(Violation) -> Outcome {
        try message.append(frame.payload, isLast: frame.fin)
        guard frame.fin else {
            partial = consume message
            return .incomplete
        }
        return .message(message.whole)
    }

    private func control(_ frame: WebSocketFrame) throws(Violation) -> Outcome {
        guard frame.fin else { throw .broken("a control frame is fragmented") }
        guard frame.length <= 125 else { throw .broken("a control frame is longer than 125 bytes") }
        switch frame.opcode {
        case .ping: return .ping(frame.payload)
        case .pong: return .pong(frame.payload)
        default: return .close(try closeReason(frame.payload))
        }
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

extension WebSocketFrame {
    /// The bytes without the mask, copied once.
    var payload: [UInt8] {
        var bytes = Array(buffer: data)
        if let maskKey { bytes.withUnsafeMutableBytes { applyMask(maskKey, to: $0) } }
        return bytes
    }
}
