import CZlib

/// What two ends agreed on about compression (permessage-deflate, RFC 7692): each of their messages may be compressed,
/// and none refers to another. So a compressed frame fits every connection with the same agreement, and no connection
/// keeps a window between its messages.
public struct Deflation: Hashable, Sendable {
    /// Within how many of the last bytes a compressed message of this end may refer to itself, as a power of two: 8–15.
    public let windowBits: Int

    /// What is agreed on unless the peer is short of memory.
    public static let full = Deflation(windowBits: 15)

    /// What zlib can write: it has no window of 256 bytes. Where one is asked for, this end's messages go out plain.
    static let writable = 9...15

    /// An agreement on this window.
    ///
    /// - Precondition: `windowBits` is 8–15.
    public init(windowBits: Int) {
        precondition(8...15 ~= windowBits, "the RFC has no window of \(windowBits) bits")
        self.windowBits = windowBits
    }
}

extension Deflation {
    /// The compressed form of a message (RFC 7692, section 7.2.1); `nil` where it would not be shorter.
    ///
    /// The compressor is made for each message and takes no more memory than the message is worth: 16 KiB for a small
    /// one, 260 KiB at most.
    ///
    /// - Complexity: O(payload).
    func compressed(_ payload: [UInt8]) -> [UInt8]? {
        // What ends the message is left out on the wire.
        let tail = 4
        let capacity = payload.count + tail
        // zlib counts in 32 bits.
        guard Self.writable ~= windowBits, !payload.isEmpty, capacity <= Int(UInt32.max) else { return nil }
        var bytes = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            count = payload.withUnsafeBufferPointer { deflate($0, into: output) }
        }
        // In a full output the end may be missing.
        guard bytes.count < capacity else { return nil }
        bytes.removeLast(tail)
        return bytes
    }

    private func deflate(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var stream = z_stream()
        return withUnsafeMutablePointer(to: &stream) { stream in
            let bits = window(for: input.count)
            let status = deflateInit2_(
                stream, Z_BEST_SPEED, Z_DEFLATED, Int32(-bits), Int32(bits - 7), Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size))
            precondition(status == Z_OK, "zlib does not start: \(status)")
            defer { deflateEnd(stream) }
            // zlib takes a mutable pointer, and only reads.
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = UInt32(output.count)
            _ = CZlib.deflate(stream, Z_SYNC_FLUSH)
            return output.count - Int(stream.pointee.avail_out)
        }
    }

    /// The smallest window in which a message of so many bytes can refer to its beginning, within what is agreed on.
    private func window(for count: Int) -> Int {
        // zlib looks this far ahead and does not reach as far back.
        let lookahead = 262
        let needed = Int.bitWidth - (count + lookahead - 1).leadingZeroBitCount
        return min(max(needed, Self.writable.lowerBound), windowBits)
    }
}
