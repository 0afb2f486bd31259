import NIOWebSocket

/// Masks bytes or takes the mask off again, which is the same (RFC 6455, section 5.3).
///
/// - Parameter key: its four bytes in the order of the wire, the first as the highest.
/// - Complexity: O(length), eight bytes at a time.
func applyMask(_ key: UInt32, to bytes: UnsafeMutableRawBufferPointer) {
    let wide = (UInt64(key) << 32 | UInt64(key)).bigEndian
    var offset = 0
    while offset + 8 <= bytes.count {
        let masked = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ wide
        bytes.storeBytes(of: masked, toByteOffset: offset, as: UInt64.self)
        offset += 8
    }
    while offset < bytes.count {
        bytes[offset] ^= UInt8(truncatingIfNeeded: key >> UInt32(24 - 8 * (offset & 3)))
        offset += 1
    }
}

extension WebSocketMaskingKey {
    /// The key as a number, its first byte the highest.
    var word: UInt32 { reduce(0) { $0 << 8 | UInt32($1) } }
}
