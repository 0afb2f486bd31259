import NIOCore

/// What a frame says before its payload (RFC 6455, section 5.2).
struct FrameHead {
    private let flags: UInt8
    /// The key as it stands on the wire, big-endian; `nil` where the payload is not masked.
    let mask: UInt32?
    /// How many bytes the head takes.
    let count: Int
    /// How many bytes follow, as the peer has it: any number.
    let payloadCount: UInt64

    /// Reads the head at the beginning of the readable bytes; `nil`: it is not all there yet.
    init?(_ bytes: ByteBuffer) {
        var index = bytes.readerIndex
        func take<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
            defer { index += MemoryLayout<Number>.size }
            return bytes.getInteger(at: index)
        }
        guard let flags = take(UInt8.self), let short = take(UInt8.self) else { return nil }
        self.flags = flags
        switch short & 0x7F {
        case 126:
            guard let long = take(UInt16.self) else { return nil }
            payloadCount = UInt64(long)
        case 127:
            guard let long = take(UInt64.self) else { return nil }
            payloadCount = long
        case let count: payloadCount = UInt64(count)
        }
        if short & 0x80 == 0 {
            mask = nil
        } else {
            guard let key = take(UInt32.self) else { return nil }
            mask = key
        }
        count = index - bytes.readerIndex
    }
}

extension FrameHead {
    var kind: Frame.Kind { Frame.Kind(opcode: flags & 0x0F) }
    var isControl: Bool { flags & 0x08 != 0 }
    /// Whether the length does not fit beside the flags, as one above 125.
    var isLong: Bool { count > (mask == nil ? 2 : 6) }

    /// The frame with this payload.
    func frame(_ payload: [UInt8]) -> Frame {
        Frame(
            kind: kind, isLast: flags & 0x80 != 0, isCompressed: flags & 0x40 != 0, isReserved: flags & 0x30 != 0,
            isMasked: mask != nil, payload: payload)
    }
}
