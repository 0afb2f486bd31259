import Foundation
import GRDB
import Synchronization
public import TreenityLog

extension DataFile {
    typealias Appends = AppendMachine<CheckedContinuation<Result<ClosedRange<LogPosition>, LogFailure>, Never>>

    /// Writes entries down. Those of all tasks that append while the disk is busy are written as one row and forced to the
    /// disk at once.
    ///
    /// A cancelled task waits all the same: what it appended may be in the log.
    @discardableResult
    public func append(_ entries: [LogEntry]) async throws(LogFailure) -> ClosedRange<LogPosition> {
        precondition(!entries.isEmpty, "nothing to append")
        let lines = EntryRow.lines(of: entries)
        let result = await withCheckedContinuation { waiter in
            let append = Appends.Append(entries: entries, lines: lines, waiter: waiter)
            switch appends.withLock({ $0.append(append) }) {
            case .begins: writeSoon()
            case .waits: break
            case .refused(let waiter): waiter.resume(returning: .failure(.closed))
            }
        }
        return try result.get()
    }

    /// Writes one group a turn, so that what else waits to be written gets between.
    private func writeSoon() {
        pool.asyncWriteWithoutTransaction { [self] database in
            if writeNextAppends(in: database) { writeSoon() }
        }
    }

    /// Writes what can be written at once; `false`: there was nothing.
    func writeNextAppends(in database: Database) -> Bool {
        let group = appends.withLock { $0.take() }
        guard !group.isEmpty else { return false }
        let first = tail.end.next
        do {
            try EntryRow.insert(group.map(\.lines), count: group.reduce(0) { $0 + $1.entries.count }, at: first, database)
            tail.append(group.flatMap(\.entries), bytes: group.reduce(0) { $0 + $1.lines.count })
            var next = first
            for append in group {
                let end = LogPosition(next.number + Int64(append.entries.count))
                append.waiter.resume(returning: .success(next...LogPosition(end.number - 1)))
                next = end
            }
        } catch {
            let failure = LogFailure(error)
            for append in group { append.waiter.resume(returning: .failure(failure)) }
        }
        return true
    }
}
