import Foundation
import GRDB
public import TreenityLog

/// What can be read of a data file, whatever its condition, without writing to it; a server may use it meanwhile.
public struct Salvage: Sendable {
    /// The newest whole state; `nil`: there is none, and the log begins with nothing.
    public let state: SavedState?
    /// The entries after the state, as far as they follow one another.
    public let entries: [PlacedEntry]
    /// What could not be read; empty: nothing is missing.
    public let losses: [String]

    /// Reads a file.
    ///
    /// - Throws: ``DataFileError`` where it cannot be opened at all, or is none of ours.
    public init(of path: String) throws(DataFileError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .cannotOpen(path, "there is no such file") }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            self = try queue.unsafeRead { database in
                try Schema.check(database, of: path)
                // One moment of a file in use. Ending it may fail with what was noted as a loss already.
                try database.beginTransaction(.deferred)
                defer { try? database.rollback() }
                return Salvage(database)
            }
        } catch {
            throw DataFileError(error, opening: path)
        }
    }

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
            let rows = try EntryRow.fetchCursor(
                database, sql: "SELECT * FROM entries WHERE last > ? ORDER BY first", arguments: [position.number])
            while let row = try rows.next() {
                let known = end
                guard row.first <= known.number + 1 else {
                    losses.append(
                        "entries \(known.number + 1) to \(row.first - 1) of the log, and with them all later ones")
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
