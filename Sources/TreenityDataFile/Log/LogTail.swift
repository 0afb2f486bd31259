import Synchronization
import TreenityLog

/// The end of the log: what was appended last, for those who follow it, so that they need not ask the file.
final class LogTail: Sendable {
    /// What a follower finds behind a place.
    enum Next: Sendable {
        case entries([PlacedEntry])
        /// More is durable, but only the file has it.
        case stored
        /// Nothing more is durable.
        case nothing
        case closed
    }

    fileprivate struct Group {
        let entries: [PlacedEntry]
        let first: LogPosition
        let bytes: Int
    }

    fileprivate struct State {
        var end: LogPosition
        /// What was appended at once, in order, up to the end.
        var groups: [Group] = []
        var bytes = 0
        var isClosed = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>
    /// So many bytes of entries, as they are written, are kept at hand, and so many groups.
    fileprivate static let byteCapacity = 4 << 20
    fileprivate static let groupCapacity = 4_096

    init(end: LogPosition) {
        state = Mutex(State(end: end))
    }

    var end: LogPosition { state.withLock { $0.end } }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// These are durable now.
    ///
    /// - Parameter bytes: how many they took to write.
    func append(_ entries: [LogEntry], bytes: Int) {
        let waiters = state.withLock { state in
            let first = state.end.next
            let placed = entries.enumerated().map { PlacedEntry($1, at: LogPosition(first.number + Int64($0))) }
            state.append(Group(entries: placed, first: first, bytes: bytes))
            defer { state.waiters = [] }
            return state.waiters
        }
        waiters.forEach { $0.resume() }
    }

    /// O(log of what is at hand).
    func next(after position: LogPosition) -> Next {
        state.withLock { state in
            guard state.end > position else { return state.isClosed ? .closed : .nothing }
            guard let group = state.group(of: position.next) else { return state.isClosed ? .closed : .stored }
            let passed = Int(position.number - group.first.number + 1)
            return .entries(passed == 0 ? group.entries : Array(group.entries[passed...]))
        }
    }

    /// Returns when something was appended after a place, or nothing more will be.
    func wait(after position: LogPosition) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isDue = state.withLock { state in
                    if state.end > position || state.isClosed || Task.isCancelled { return true }
                    state.waiters.append(waiter)
                    return false
                }
                if isDue { waiter.resume() }
            }
        } onCancel: {
            // The others look, and wait again.
            wakeAll()
        }
    }

    /// Nothing is appended any more.
    func close() {
        state.withLock { $0.isClosed = true }
        wakeAll()
    }

    private func wakeAll() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        waiters.forEach { $0.resume() }
    }
}

extension LogTail.State {
    mutating func append(_ group: LogTail.Group) {
        end = LogPosition(end.number + Int64(group.entries.count))
        groups.append(group)
        bytes += group.bytes
        guard bytes > LogTail.byteCapacity || groups.count > LogTail.groupCapacity else { return }
        // Half of it at once, so that what stays is moved once in a while only; the last one always stays.
        var first = 0
        while first < groups.count / 2 || bytes > LogTail.byteCapacity / 2, first < groups.count - 1 {
            bytes -= groups[first].bytes
            first += 1
        }
        groups.removeFirst(first)
    }

    /// The group that has the entry at a place; `nil`: it is not at hand.
    func group(of position: LogPosition) -> LogTail.Group? {
        var (low, high) = (0, groups.count)
        while low < high {
            let middle = (low + high) / 2
            if groups[middle].first <= position { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? groups[low - 1] : nil
    }
}
