import NIOCore

/// Cuts the bytes of a connection into frames (RFC 6455, section 5.2).
///
/// NIO's decoder sends each frame up the pipeline by itself, which takes longer than all else that is done about a small
/// frame.
struct FrameDecoder: Sendable {
    private let maximumBytes: Int
    private var bytes = ByteBuffer()
    /// Behind a frame that is too long nothing can be told apart any more.
    private var isBroken = false

    /// - Parameter maximumBytes: how long the payload of a frame may be.
    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    /// Whether there are bytes of a frame that has not come as a whole, or is held.
    var isWithinFrame: Bool { bytes.readableBytes > 0 }

    /// Takes what was read. It is copied only where a part of a frame has come before.
    mutating func append(_ read: ByteBuffer) {
        guard !isBroken else { return }
        if bytes.readableBytes == 0 {
            bytes = read
        } else {
            bytes.discardReadBytes()
            bytes.writeImmutableBuffer(read)
        }
    }

    /// The next whole frame; `nil` until more is read.
    ///
    /// - Throws: Where the frame is too long, before its bytes have come. What follows is dropped.
    /// - Complexity: O(length of the frame).
    mutating func next() throws(Violation) -> Frame? {
        guard let head = FrameHead(bytes) else { return nil }
        do throws(Violation) {
            try check(head)
        } catch {
            isBroken = true
            bytes = ByteBuffer()
            throw error
        }
        let length = Int(head.payloadCount)
        guard bytes.readableBytes - head.count >= length else { return nil }
        bytes.moveReaderIndex(forwardBy: head.count)
        let payload = cut(length, mask: head.mask)
        // An idle connection keeps none of what was read.
        if bytes.readableBytes == 0 { bytes = ByteBuffer() }
        return head.frame(payload)
    }

    private func check(_ head: FrameHead) throws(Violation) {
        if head.isControl, head.isLong { throw .broken("a control frame is longer than 125 bytes") }
        guard head.payloadCount <= UInt64(maximumBytes) else { throw .tooLong(limit: maximumBytes) }
    }

    private mutating func cut(_ length: Int, mask: UInt32?) -> [UInt8] {
        defer { bytes.moveReaderIndex(forwardBy: length) }
        return bytes.withUnsafeReadableBytes { readable in
            [UInt8](unsafeUninitializedCapacity: length) { payload, count in
                let target = UnsafeMutableRawBufferPointer(payload)
                target.copyMemory(from: UnsafeRawBufferPointer(rebasing: readable[..<length]))
                if let mask { applyMask(mask, to: UnsafeMutableRawBufferPointer(rebasing: target[..<length])) }
                count = length
            }
        }
    }
}
