import TreenityLog

/// Decides which appends are written down together: all that came while others were written, up to a bound.
///
/// Resting → due (an append came) → taken, maybe several times → resting (none is left). Once it is closed nothing comes in
/// any more, and what is due can still be taken.
struct AppendMachine<Waiter: Sendable>: Sendable {
    /// Entries that stand together in the log.
    struct Append: Sendable {
        let entries: [LogEntry]
        /// The entries as they are written.
        let lines: [UInt8]
        /// Who is told.
        let waiter: Waiter
    }

    /// What is to be done about an append.
    enum Arrival: Sendable {
        /// Nobody writes: begin.
        case begins
        /// It is written with the next ones.
        case waits
        /// The log is closed: say so.
        case refused(Waiter)
    }

    private var waiting: [Append] = []
    private var isDue = false
    private var isClosed = false

    /// No more than that is written at once, but for one append that is larger alone.
    static var bytesAtOnce: Int { 1 << 20 }

    /// An append came.
    mutating func append(_ append: Append) -> Arrival {
        guard !isClosed else { return .refused(append.waiter) }
        waiting.append(append)
        guard !isDue else { return .waits }
        isDue = true
        return .begins
    }

    /// Those to be written now, at least one; empty: none is left, and the next one to come begins.
    mutating func take() -> [Append] {
        var bytes = 0
        let count = waiting.prefix { append in
            defer { bytes += append.lines.count }
            return bytes == 0 || bytes + append.lines.count <= Self.bytesAtOnce
        }.count
        let taken = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        if taken.isEmpty { isDue = false }
        return taken
    }

    /// No more are to come.
    mutating func close() { isClosed = true }
}
