import NIOCore
import Synchronization

/// Closes a connection whose peer lets the server wait for too long.
final class Patience: Sendable {
    private let channel: any Channel
    private let limit: TimeAmount
    private let deadline = Mutex<Scheduled<Void>?>(nil)

    /// It does not wait yet.
    init(with channel: any Channel, limit: TimeAmount) {
        self.channel = channel
        self.limit = limit
    }

    /// It is the peer's turn, from now on.
    func begin() {
        let channel = channel
        let next = channel.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
        replace(with: next)
    }

    /// It is the server's turn, or nobody's.
    func end() { replace(with: nil) }

    private func replace(with next: Scheduled<Void>?) {
        deadline.withLock { deadline in
            deadline?.cancel()
            deadline = next
        }
    }
}
