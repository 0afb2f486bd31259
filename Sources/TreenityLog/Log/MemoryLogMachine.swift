/// What some append and one reads, without the tasks.
///
/// The reader sleeps where nothing is unread; who appends waits where too much is, after it has appended.
struct MemoryLogMachine<Waiter> {
    private(set) var end = LogPosition.zero
    private var unread: [PlacedEntry] = []
    private var reader: Waiter?
    private var appenders: [Waiter] = []
    private let bound: Int

    init(bound: Int) {
        self.bound = bound
    }

    /// Returns the places, and the reader where it slept.
    mutating func append(_ entries: [LogEntry]) -> (places: ClosedRange<LogPosition>, reader: Waiter?) {
        let first = end.next
        for entry in entries {
            end = end.next
            unread.append(PlacedEntry(entry, at: end))
        }
        return (first...end, reader.take())
    }

    /// Whether more is unread than may be.
    var isFull: Bool { unread.count > bound }

    /// Somebody waits until the reader has gone on; `false`: there is no need to.
    mutating func waitForRoom(_ waiter: Waiter) -> Bool {
        guard isFull else { return false }
        appenders.append(waiter)
        return true
    }

    /// All that is unread, and those who waited for that.
    mutating func take() -> (entries: [PlacedEntry], appenders: [Waiter]) {
        defer { unread = [] }
        return (unread, takeAppenders())
    }

    /// The reader sleeps; `false`: there is something to read.
    mutating func sleep(_ waiter: Waiter) -> Bool {
        guard unread.isEmpty else { return false }
        precondition(reader == nil, "a log in memory has one reader")
        reader = waiter
        return true
    }

    /// Those who wait for room, to look again.
    mutating func takeAppenders() -> [Waiter] {
        defer { appenders = [] }
        return appenders
    }

    /// The reader, where it sleeps, to look again.
    mutating func takeReader() -> Waiter? { reader.take() }
}
