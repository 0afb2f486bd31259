import NIOCore
import NIOWebSocket
import Synchronization
import TreenityProtocol
import TreenityWebSocket

/// What waits to be written to one peer. Any task adds to it; one writes.
final class Outbox: Sendable {
    /// One piece of what goes out.
    enum Item: Sendable {
        /// Whole WebSocket frames, shared by all who get the same.
        case packed(ByteBuffer)
        /// Frames that are made when their turn comes.
        case made(any FrameSource)

        /// In bytes. What is yet to be made counts as some tens of KiB, so that its number is bounded too.
        var size: Int {
            switch self {
            case .packed(let buffer): buffer.readableBytes
            case .made: 64 << 10
            }
        }
    }

    private let machine: Mutex<OutboxMachine<Item, CheckedContinuation<Void, Never>>>
    private let writer: WebSocketWriter

    /// - Parameter capacity: how many bytes may wait before the peer is cut off.
    init(_ writer: WebSocketWriter, capacity: Int) {
        self.writer = writer
        machine = Mutex(OutboxMachine(capacity: capacity))
    }

    /// Puts something behind all that waits. Returns at once.
    ///
    /// - Returns: `false`: the peer does not keep up, and was cut off (1013).
    func add(_ item: Item) -> Bool {
        switch machine.withLock({ $0.add(item, size: item.size) }) {
        case .nothing: return true
        case .wake(let waiter):
            waiter.resume()
            return true
        case .overflow(let waiter):
            writer.close(CloseReason(.tryAgainLater, "reads too slowly to keep up"))
            waiter?.resume()
            return false
        }
    }

    /// Drops what waits; the connection has ended.
    func finish() {
        machine.withLock { $0.close() }?.resume()
    }

    /// Writes what waits, each time all of it at once, until the box is closed.
    func run() async {
        while true {
            switch machine.withLock({ $0.take() }) {
            case .write(let items):
                guard await write(items) else { return finish() }
            case .sleep:
                await withCheckedContinuation { waiter in
                    if !machine.withLock({ $0.sleep(waiter) }) { waiter.resume() }
                }
            case .stop: return
            }
        }
    }

    /// `false`: the connection is closed.
    private func write(_ items: [Item]) async -> Bool {
        do {
            var pack = ByteBuffer()
            for item in items {
                switch item {
                case .packed(var buffer):
                    if pack.readableBytes == 0 { pack = buffer } else { pack.writeBuffer(&buffer) }
                case .made(let source):
                    try await send(&pack)
                    try await source.write { frame throws(WebSocketClosed) in
                        var pack = ByteBuffer()
                        pack.writeWebSocketFrame(.text, payload: frame.encoded())
                        try await send(&pack)
                    }
                }
            }
            try await send(&pack)
            return true
        } catch {
            return false
        }
    }

    private func send(_ pack: inout ByteBuffer) async throws(WebSocketClosed) {
        guard pack.readableBytes > 0 else { return }
        try await writer.send(packed: pack)
        pack = ByteBuffer()
    }
}
