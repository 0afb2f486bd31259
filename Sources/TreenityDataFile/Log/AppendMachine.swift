import TreenityLog

/// Decides which appends are written down together: all that came while others were written, up to a bound.
///
/// Resting → due (an append came) → writing, maybe several times → resting (none is left). Once it is closed nothing comes
/// in any more, and what is due can still be written.
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

    /// What is to be done when it is the log's turn to write.
    enum Turn: Sendable {
        case write([Append])
        /// Take another turn: more are about to come.
        case lookAgain
        /// None is left; the next one to come begins.
        case rest
    }

    private var waiting: [Append] = []
    private var isDue = false
    private var isClosed = false
    /// How many were written last.
    private var lastCount = 1
    /// How many waited at the last look.
    private var seen = 0

    /// No more than that is written at once, but for one append that is larger alone.
    static var bytesAtOnce: Int { 1 << 20 }

    /// How many appends wait for their turn.
    var count: Int { waiting.count }

    /// An append came.
    mutating func append(_ append: Append) -> Arrival {
        guard !isClosed else { return .refused(append.waiter) }
        waiting.append(append)
        guard !isDue else { return .waits }
        isDue = true
        return .begins
    }

    /// It is the log's turn to write.
    ///
    /// Those who were told together append again together: without another look the first of them would be written alone
    /// while all the others wait. A look that brought nothing new is the last.
    mutating func turn() -> Turn {
        guard !waiting.isEmpty else {
            isDue = false
            return .rest
        }
        if !isClosed, waiting.count < lastCount, waiting.count > seen {
            seen = waiting.count
            return .lookAgain
        }
        seen = 0
        let group = take()
        lastCount = group.count
        return .write(group)
    }

    private mutating func take() -> [Append] {
        var bytes = 0
        let count = waiting.prefix { append in
            defer { bytes += append.lines.count }
            return bytes == 0 || bytes + append.lines.count <= Self.bytesAtOnce
        }.count
        defer { waiting.removeFirst(count) }
        return Array(waiting.prefix(count))
    }

    /// No more are to come.
    mutating func close() { isClosed = true }
}
