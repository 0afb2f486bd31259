import CZlib

/// Takes one message out of its compressed form (RFC 7692, section 7.2.2), piece by piece.
///
/// No message refers to the one before it, so an inflater lives as long as its message: about 7 KiB, and 32 KiB more
/// where the message comes in pieces.
struct Inflater: ~Copyable {
    /// Why bytes do not come out.
    enum Failure: Error {
        /// The bytes are not what a compressor writes.
        case malformed
        /// The message ends within a block.
        case cutShort
        /// More comes out than is allowed.
        case tooLong
    }

    /// On the heap, as zlib remembers its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isUntouched = true

    /// Whoever sends a message leaves these out at its end: an empty block.
    private static let tail: [UInt8] = [0, 0, 0xFF, 0xFF]
    /// How much is made room for at once.
    private static let chunks = 1 << 10...1 << 16

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // The widest window takes what was written for any.
        let status = inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib does not start: \(status)")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Appends to `output` what the next piece of the message holds.
    ///
    /// - Parameter limit: How long `output` may become; it is never longer than one byte more.
    /// - Complexity: O(input + output).
    mutating func inflate(_ input: [UInt8], onto output: inout [UInt8], limit: Int) throws(Failure) {
        guard !input.isEmpty else { return }
        isUntouched = false
        try input.withUnsafeBufferPointer { bytes throws(Failure) in
            // zlib takes a mutable pointer, and only reads.
            stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
            stream.pointee.avail_in = UInt32(bytes.count)
            defer { stream.pointee.next_in = nil }
            try drain(onto: &output, limit: limit)
        }
    }

    /// Appends the rest; the message has ended.
    mutating func finish(onto output: inout [UInt8], limit: Int) throws(Failure) {
        // Some write an empty message as no bytes at all.
        guard !isUntouched else { return }
        try inflate(Inflater.tail, onto: &output, limit: limit)
        guard isBetweenBlocks else { throw .cutShort }
    }

    private var isBetweenBlocks: Bool { stream.pointee.data_type & 128 != 0 }

    private func drain(onto output: inout [UInt8], limit: Int) throws(Failure) {
        repeat {
            let likely = min(max(4 * Int(stream.pointee.avail_in), Self.chunks.lowerBound), Self.chunks.upperBound)
            let status = fill(&output, atMost: min(likely - 1, limit - output.count) + 1)
            guard output.count <= limit else { throw .tooLong }
            switch status {
            case Z_OK: break
            // The last block of a stream is not that of the message: another stream may follow.
            case Z_STREAM_END: inflateReset(stream)
            // There is nothing more in what came so far.
            case Z_BUF_ERROR: return
            default: throw .malformed
            }
        } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
    }

    private func fill(_ output: inout [UInt8], atMost count: Int) -> Int32 {
        var status = Z_OK
        output.append(addingCapacity: count) { room in
            room.withUnsafeMutableBufferPointer { bytes, initialized in
                stream.pointee.next_out = bytes.baseAddress
                stream.pointee.avail_out = UInt32(count)
                status = CZlib.inflate(stream, Z_SYNC_FLUSH)
                initialized = count - Int(stream.pointee.avail_out)
            }
        }
        return status
    }
}
