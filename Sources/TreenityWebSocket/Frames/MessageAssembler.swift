import NIOCore
import NIOWebSocket

/// Puts messages together from frames and refuses what breaks RFC 6455.
///
/// Between messages → within a fragmented message → between messages. Control frames pass in both states.
struct MessageAssembler: Sendable {
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

    private struct Partial {
        var bytes: [UInt8]
        var isText: Bool
        /// How many of the bytes are known to be whole characters.
        var valid = 0
    }

    /// Clients have to mask what they send, servers must not.
    private let expectsMask: Bool
    private let maximumBytes: Int
    private var partial: Partial?

    init(expectsMask: Bool, maximumBytes: Int) {
        self.expectsMask = expectsMask
        self.maximumBytes = maximumBytes
    }

    /// Takes the next frame.
    ///
    /// - Complexity: O(length of the frame).
    mutating func receive(_ frame: WebSocketFrame) -> Outcome {
        guard frame.reservedBits.isEmpty else { return broken("a reserved bit is set") }
        guard (frame.maskKey != nil) == expectsMask else {
            return broken(expectsMask ? "a client's frame is not masked" : "a server's frame is masked")
        }
        switch frame.opcode {
        case .text: return begin(frame, isText: true)
        case .binary: return begin(frame, isText: false)
        case .continuation: return resume(frame)
        case .ping, .pong, .connectionClose: return control(frame)
        default: return broken("the opcode \(UInt8(webSocketOpcode: frame.opcode)) is reserved")
        }
    }

    private mutating func begin(_ frame: WebSocketFrame, isText: Bool) -> Outcome {
        guard partial == nil else { return broken("a message begins inside of another") }
        guard frame.length <= maximumBytes else { return tooBig }
        return advance(Partial(bytes: frame.payload, isText: isText), isLast: frame.fin)
    }

    private mutating func resume(_ frame: WebSocketFrame) -> Outcome {
        guard var partial = partial.take() else { return broken("a continuation without a beginning") }
        guard partial.bytes.count + frame.length <= maximumBytes else { return tooBig }
        partial.bytes += frame.payload
        return advance(partial, isLast: frame.fin)
    }

    private mutating func advance(_ message: Partial, isLast: Bool) -> Outcome {
        var message = message
        if message.isText {
            guard let valid = validText(in: message.bytes, from: message.valid, isLast: isLast) else {
                return .failure(CloseReason(.invalidText, "a text is not UTF-8"))
            }
            message.valid = valid
        }
        guard isLast else {
            partial = message
            return .incomplete
        }
        return .message(message.isText ? .text(message.bytes) : .binary(message.bytes))
    }

    /// How many bytes are whole characters; `nil` where there is something else than the beginning of one behind them.
    private func validText(in bytes: [UInt8], from start: Int, isLast: Bool) -> Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span.extracting(start...))
            return bytes.count
        } catch {
            let isCut = error.kind == .truncatedScalar && start + error.byteOffsets.upperBound == bytes.count
            return isCut && !isLast ? start + error.byteOffsets.lowerBound : nil
        }
    }

    private func control(_ frame: WebSocketFrame) -> Outcome {
        guard frame.fin else { return broken("a control frame is fragmented") }
        guard frame.length <= 125 else { return broken("a control frame is longer than 125 bytes") }
        switch frame.opcode {
        case .ping: return .ping(frame.payload)
        case .pong: return .pong(frame.payload)
        default: return close(frame.payload)
        }
    }

    private func close(_ payload: [UInt8]) -> Outcome {
        guard !payload.isEmpty else { return .close(CloseReason(nil)) }
        guard payload.count >= 2 else { return broken("a close frame of one byte") }
        let code = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        guard code.isSendable else { return broken("the close code \(code.rawValue) is not for the wire") }
        guard let text = String(validating: payload.dropFirst(2), as: UTF8.self) else {
            return .failure(CloseReason(.invalidText, "a close reason is not UTF-8"))
        }
        return .close(CloseReason(code, text))
    }

    private func broken(_ text: String) -> Outcome {
        .failure(CloseReason(.protocolError, text))
    }

    private var tooBig: Outcome {
        .failure(CloseReason(.messageTooBig, "a message is longer than \(maximumBytes) bytes"))
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
