import NIOCore
import Synchronization

/// Closes a connection on which nothing happens for too long.
final class Patience: Sendable {
    private let channel: any Channel
    private let limit: TimeAmount
    private let deadline = Mutex<Scheduled<Void>?>(nil)

    /// Begins to wait.
    init(with channel: any Channel, limit: TimeAmount) {
        self.channel = channel
        self.limit = limit
        renew()
    }

    /// Something has happened: the time begins anew.
    func renew() {
        let channel = channel
        let next = channel.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
        replace(with: next)
    }

    /// Waits no more.
    func end() { replace(with: nil) }

    private func replace(with next: Scheduled<Void>?) {
        deadline.withLock { deadline in
            deadline?.cancel()
            deadline = next
        }
    }
}
