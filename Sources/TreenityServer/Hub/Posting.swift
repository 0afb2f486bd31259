import NIOCore
import NIOWebSocket
import TreenityWebSocket

/// What is written at once, gathered so that each event loop is entered once and each socket written to once.
struct Posting {
    private struct Letter: Sendable {
        let box: Outbox
        let frames: ByteBuffer
    }

    /// Peers for whom there is something that is made at their pace now. It goes out behind the rest: their writers may
    /// begin when that is sent.
    private(set) var begun: [Outbox] = []
    private var letters: [ObjectIdentifier: (loop: any EventLoop, letters: [Letter])] = [:]

    mutating func add(_ frames: ByteBuffer, to box: Outbox) {
        let letter = Letter(box: box, frames: frames)
        letters[ObjectIdentifier(box.eventLoop), default: (box.eventLoop, [])].letters.append(letter)
    }

    mutating func begin(_ box: Outbox) { begun.append(box) }

    /// Has everything written.
    ///
    /// - Parameter sent: called for each event loop when its part was written.
    func send(_ sent: @escaping @Sendable () -> Void) {
        for (loop, letters) in letters.values {
            loop.execute {
                for letter in letters { letter.box.write(letter.frames) }
                for letter in letters { letter.box.flush() }
                sent()
            }
        }
    }
}

/// Messages as WebSocket frames, in each of the forms that somebody can take; each is made once.
struct PackedFrames {
    private let messages: [[UInt8]]
    private let isWorthDeflating: Bool
    private var plain: ByteBuffer?
    private var deflated: [Deflation: ByteBuffer] = [:]

    /// Shorter messages are not compressed.
    private static let minimumDeflatedBytes = 512

    init(_ messages: [[UInt8]]) {
        self.messages = messages
        isWorthDeflating = messages.contains { $0.count >= PackedFrames.minimumDeflatedBytes }
    }

    /// The frames for a peer that agreed on this compression, or on none.
    mutating func frames(_ deflation: Deflation?) -> ByteBuffer {
        guard let deflation, isWorthDeflating else {
            if let plain { return plain }
            let frames = packed(nil)
            plain = frames
            return frames
        }
        if let known = deflated[deflation] { return known }
        let frames = packed(deflation)
        deflated[deflation] = frames
        return frames
    }

    private func packed(_ deflation: Deflation?) -> ByteBuffer {
        var pack = ByteBuffer()
        pack.reserveCapacity(minimumWritableBytes: messages.reduce(0) { $0 + $1.count + 10 })
        for message in messages {
            let isLong = message.count >= PackedFrames.minimumDeflatedBytes
            pack.writeWebSocketFrame(.text, payload: message, deflating: isLong ? deflation : nil)
        }
        return pack
    }
}
