/// One frame as it came (RFC 6455, section 5.2).
struct Frame: Hashable, Sendable {
    /// What the frame is for.
    enum Kind: Hashable, Sendable {
        case continuation, text, binary
        case close, ping, pong
        /// An opcode without a meaning.
        case reserved(UInt8)
    }

    var kind: Kind
    /// Whether the message ends here.
    var isLast = true
    /// The first reserved bit: the message that begins here is compressed (RFC 7692).
    var isCompressed = false
    /// One of the other reserved bits, which mean nothing.
    var isReserved = false
    var isMasked = false
    /// Without the mask.
    var payload: [UInt8]
}

extension Frame.Kind {
    /// The opcode on the wire.
    init(opcode: UInt8) {
        switch opcode {
        case 0x0: self = .continuation
        case 0x1: self = .text
        case 0x2: self = .binary
        case 0x8: self = .close
        case 0x9: self = .ping
        case 0xA: self = .pong
        default: self = .reserved(opcode)
        }
    }
}
