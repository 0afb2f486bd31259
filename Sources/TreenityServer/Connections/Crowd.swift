import Synchronization

/// How many connections there are, so that there are never too many.
final class Crowd: Sendable {
    private let machine: Mutex<CrowdMachine>

    /// - Parameters:
    ///   - limit: of all connections.
    ///   - limitPerOrigin: of those from one network; this machine has none.
    init(limit: Int, limitPerOrigin: Int) {
        machine = Mutex(CrowdMachine(limit: limit, limitPerOrigin: limitPerOrigin))
    }

    /// Somebody wants to come in; `false`: there is no room. Whoever came in has to ``leave(_:)``.
    func enter(_ visitor: Visitor) -> Bool { machine.withLock { $0.enter(visitor) } }

    /// Somebody who came in has left.
    func leave(_ visitor: Visitor) { machine.withLock { $0.leave(visitor) } }
}
