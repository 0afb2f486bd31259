import Glibc
public import TreenityProtocol

/// How a ``PatchStream`` works.
public struct StreamOptions: Sendable {
    /// How to connect.
    public var connection = ConnectionOptions()
    /// As whom edits are made, where the server does not know its users: it goes into their `meta`.
    public var user: String?
    /// Keeps edits that were not answered beyond the end of the process; for streams from one server. `nil`: they end with
    /// it.
    public var outbox: OutboxFile?
    /// What time it is. The server's clock is accounted for.
    public var now: @Sendable () -> Timestamp = { .now }

    /// What fits most.
    public init() {}
}

extension Timestamp {
    /// By the system's clock.
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
