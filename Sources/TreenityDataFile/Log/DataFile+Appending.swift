import Dispatch
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
            switch appends.withLock({ $0.turn() }) {
            case .write(let group):
                writeDown(group, in: database)
                writeSoon()
            case .lookAgain:
                // Behind the tasks that were just told, which run on this queue.
                DispatchQueue.global().async { self.writeSoon() }
            case .rest: break
            }
        }
    }

    /// Writes all that came before the file was closed.
    func writeRest(in database: Database) {
        while case .write(let group) = appends.withLock({ $0.turn() }) { writeDown(group, in: database) }
    }

    private func writeDown(_ group: [Appends.Append], in database: Database) {
        let count = group.reduce(0) { $0 + $1.entries.count }
        var next = tail.end.next
        do {
            try EntryRow.insert(group.map(\.lines), count: count, at: next, database)
        } catch {
            try? EntryRow.withdraw(in: database)
            let failure = LogFailure(error, in: path)
            for append in group { append.waiter.resume(returning: .failure(failure)) }
            return
        }
        tail.append(group.flatMap(\.entries), bytes: group.reduce(0) { $0 + $1.lines.count })
        for append in group {
            let last = LogPosition(next.number + Int64(append.entries.count) - 1)
            append.waiter.resume(returning: .success(next...last))
            next = last.next
        }
    }
}
