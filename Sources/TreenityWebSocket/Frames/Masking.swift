import NIOWebSocket

/// Masks bytes or takes the mask off again, which is the same (RFC 6455, section 5.3).
///
/// - Complexity: O(length), eight bytes at a time.
func applyMask(_ key: WebSocketMaskingKey, to bytes: UnsafeMutableRawBufferPointer) {
    let word = key.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let wide = (UInt64(word) << 32 | UInt64(word)).bigEndian
    var offset = 0
    while offset + 8 <= bytes.count {
        let masked = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ wide
        bytes.storeBytes(of: masked, toByteOffset: offset, as: UInt64.self)
        offset += 8
    }
    while offset < bytes.count {
        bytes[offset] ^= key[offset & 3]
        offset += 1
    }
}
