import NIOCore
import NIOWebSocket
import Synchronization
import TreenityProtocol
import TreenityWebSocket

/// What goes out to one peer. The hub adds to it; what is made at the peer's pace is written by a task of its own, which is
/// there only as long as there is something: a task keeps the memory of its deepest call as long as it lives.
final class Outbox: Sendable {
    /// One piece of what goes out.
    enum Item: Sendable {
        /// Whole WebSocket frames, shared by all who get the same.
        case packed(ByteBuffer)
        /// Frames that are made when their turn comes.
        case made(any FrameSource)

        /// In bytes. What is yet to be made counts as some tens of KiB, so that its number is bounded too.
        fileprivate var size: Int {
            switch self {
            case .packed(let buffer): buffer.readableBytes
            case .made: 64 << 10
            }
        }

        fileprivate var isPaced: Bool {
            switch self {
            case .packed: false
            case .made: true
            }
        }
    }

    private let machine: Mutex<OutboxMachine<Item>>
    private let writer: WebSocketWriter
    private let capacity: Int
    private let cutOff: @Sendable () -> Void

    /// - Parameters:
    ///   - capacity: how many bytes may wait before the peer is cut off.
    ///   - cutOff: called when that happens.
    init(_ writer: WebSocketWriter, capacity: Int, cutOff: @escaping @Sendable () -> Void = {}) {
        self.writer = writer
        self.capacity = capacity
        self.cutOff = cutOff
        machine = Mutex(OutboxMachine(capacity: capacity))
    }

    /// Where what is written at once has to be written.
    var eventLoop: any EventLoop { writer.eventLoop }

    /// How its frames may be compressed.
    var deflation: Deflation? { writer.deflation }

    /// What becomes of something that was added.
    enum Fate {
        /// It is to be written at once, by ``write(_:)``.
        case write
        /// It is to be written by ``run()``, which has to begin.
        case begin
        /// It is seen to.
        case settled
        /// The peer was cut off, or has left.
        case lost
    }

    /// Puts something behind all that was added before. Returns at once.
    func add(_ item: Item) -> Fate {
        switch machine.withLock({ $0.add(item, size: item.size, isPaced: item.isPaced) }) {
        case .write: return .write
        case .begin: return .begin
        case .wait: return .settled
        case .drop: return .lost
        case .overflow:
            hangUp()
            return .lost
        }
    }

    /// Writes frames, which go to the peer with ``flush()``. On the event loop.
    func write(_ frames: ByteBuffer) {
        guard writer.isWritable || writer.waitingBytes <= capacity else {
            finish()
            return hangUp()
        }
        writer.write(packed: frames)
    }

    /// Sends what was written. On the event loop.
    func flush() { writer.flush() }

    private func hangUp() {
        cutOff()
        writer.close(CloseReason(.tryAgainLater, "reads too slowly to keep up"))
    }

    /// Drops what waits; the connection has ended.
    func finish() {
        machine.withLock { $0.close() }
    }

    /// Writes what is made at the peer's pace, and what waits behind it, until nothing waits or the box is closed.
    func run() async {
        while let items = machine.withLock({ $0.take() }) {
            guard await write(items) else { return finish() }
        }
    }

    /// `false`: the connection is closed.
    private func write(_ items: [Item]) async -> Bool {
        do throws(WebSocketClosed) {
            for item in items {
                switch item {
                case .packed(let buffer): try await writer.send(packed: buffer)
                case .made(let source):
                    try await source.write { frame throws(WebSocketClosed) in
                        try await writer.send(text: frame.encoded())
                    }
                }
            }
            return true
        } catch {
            return false
        }
    }
}
