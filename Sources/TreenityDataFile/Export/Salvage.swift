import GRDB
import Glibc
public import TreenityLog

/// What can be read of a data file, whatever its condition, without writing to it; a server may use it meanwhile.
public struct Salvage: Sendable {
    /// The newest whole state; `nil`: there is none, and the log begins with nothing.
    public let state: SavedState?
    /// The entries after the state, as far as they follow one another.
    public let entries: [PlacedEntry]
    /// What could not be read; empty: nothing is missing.
    public let losses: [String]

    /// Reads a file, as it is at one moment.
    ///
    /// - Throws: ``DataFileError`` where it cannot be opened at all, or is none of ours.
    /// - Complexity: O(size of the state and the entries after it), in memory too.
    public init(of path: String) throws(DataFileError) {
        guard FileAccess.exists(path) else { throw .cannotOpen(path, "there is no such file") }
        try FileAccess.check(path, for: R_OK)
        do {
            self = try Salvage.open(path).unsafeRead { database in
                try Schema.check(database, of: path)
                // Ending it may fail with what was noted as a loss already.
                try database.beginTransaction(.deferred)
                defer { try? database.rollback() }
                return Salvage(database)
            }
        } catch {
            throw DataFileError(error, salvaging: path)
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            _ = try queue.unsafeRead { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM sqlite_schema") }
            return queue
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
            // SQLite shares a file beside the database with others that have it open. Where none can be made, as on a
            // read-only file system, nobody can change the file either; but a log beside it would be left out.
            guard FileAccess.size(path + "-wal") == 0 else {
                throw DataFileError.cannotOpen(
                    path, "nothing can be written beside it: copy it together with \(path)-wal, and use the copy")
            }
            return try DatabaseQueue(path: uri(path) + "?immutable=1", configuration: configuration)
        }
    }

    /// RFC 3986, as SQLite reads it.
    private static func uri(_ path: String) -> String {
        let special: Set<Character> = ["%", "?", "#"]
        let escaped = path.map { special.contains($0) ? "%" + String($0.asciiValue ?? 0, radix: 16) : String($0) }
        return "file:" + escaped.joined()
    }
}

extension Salvage {
    private init(_ database: Database) {
        var losses: [String] = []
        state = Salvage.newestState(database, &losses)
        entries = Salvage.entries(after: state?.position ?? .zero, database, &losses)
        self.losses = losses
    }

    private static func newestState(_ database: Database, _ losses: inout [String]) -> SavedState? {
        do {
            let positions = try Int64.fetchAll(database, sql: "SELECT position FROM states ORDER BY position DESC")
            for position in positions {
                do {
                    return try StateRows.state(at: position, in: database)
                } catch {
                    losses.append("a saved state: \(LogFailure(error))")
                }
            }
        } catch {
            losses.append("the saved states: \(LogFailure(error))")
        }
        return nil
    }

    private static func entries(
        after position: LogPosition, _ database: Database, _ losses: inout [String]
    ) -> [PlacedEntry] {
        var entries: [PlacedEntry] = []
        var end = position
        do {
            // By the key alone: rows before may be damaged.
            let rows = try EntryRow.fetchCursor(
                database,
                sql: """
                    SELECT * FROM entries
                    WHERE first >= (SELECT coalesce(max(first), 0) FROM entries WHERE first <= ?1 + 1)
                    ORDER BY first
                    """,
                arguments: [position.number])
            while let row = try rows.next() {
                let known = end
                guard row.last > known.number else { continue }
                guard row.first <= known.number + 1 else {
                    losses.append(
                        "entries \(known.number + 1) to \(row.first - 1) of the log, and all that come after them")
                    return entries
                }
                entries += try row.entries().filter { $0.position > known }
                end = LogPosition(row.last)
            }
            let last = try Int64.fetchOne(database, sql: "SELECT value FROM totals WHERE name = 'end'") ?? 0
            if end.number < last { losses.append("the last entries of the log, from \(end.number + 1) to \(last)") }
        } catch {
            losses.append("what the log held from entry \(end.number + 1) on: \(LogFailure(error))")
        }
        return entries
    }
}
