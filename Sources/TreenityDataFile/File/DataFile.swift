import Foundation
import GRDB
import Logging
import TreenityLog

/// A file with a log, the states from which reading it can start, and the archive: an SQLite database.
///
/// What is appended is written to SQLite's write-ahead log and forced to the disk (`synchronous=FULL`) before the append
/// returns. States and archived patches are not forced: they follow the log, and are made again from it.
public final class DataFile: Sendable {
    let path: String
    let pool: DatabasePool
    let tail: LogTail
    let options: DataFileOptions
    private let lock: FileLock

    /// Opens a file, or makes a new one.
    ///
    /// - Throws: ``DataFileError`` where another server uses it, where it is none of ours or damaged, or where it cannot
    ///   be opened or made. It is left as it is.
    public init(at path: String, _ options: DataFileOptions) throws(DataFileError) {
        self.path = path
        self.options = options
        try FileAccess.check(path)
        lock = try FileLock(path)
        do {
            if try !FileAccess.isMade(path) { try Schema.make(at: path) }
            pool = try DatabasePool(path: path, configuration: DataFile.configuration)
            let end = try pool.write { database in
                try Schema.check(database, of: path)
                return try Int64.fetchOne(database, sql: "SELECT value FROM totals WHERE name = 'end'")
            }
            guard let end else { throw DataFileError.damaged(path, "the end of its log is not known") }
            tail = LogTail(end: LogPosition(end))
        } catch {
            throw DataFileError(error, opening: path)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "treenity"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            // GRDB makes it NORMAL where it switches to write-ahead logging.
            try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864")
        }
        return configuration
    }

    /// Ends it: what was appended is there, and the file can be used by another process.
    public func close() throws(DataFileError) {
        tail.close()
        do {
            try pool.writeWithoutTransaction { database in _ = try database.checkpoint(.truncate) }
            try pool.close()
        } catch {
            throw DataFileError(error, opening: path)
        }
    }

    // MARK: Writing

    /// Runs a transaction. One that is not forced to the disk is so with the next one that is.
    func write<Value: Sendable>(
        isForced: Bool, _ body: @Sendable @escaping (Database) throws -> Value
    ) async throws(LogFailure) -> Value {
        do {
            return try await pool.writeWithoutTransaction { database in
                if !isForced { try database.execute(sql: "PRAGMA synchronous = NORMAL") }
                defer { if !isForced { try? database.execute(sql: "PRAGMA synchronous = FULL") } }
                var value: Value?
                try database.inTransaction(.immediate) {
                    value = try body(database)
                    return .commit
                }
                guard let value else { throw LogFailure.unavailable("a transaction gave nothing") }
                return value
            }
        } catch {
            throw LogFailure(error)
        }
    }

    func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws(LogFailure) -> Value
    {
        do {
            return try await pool.read(body)
        } catch {
            throw LogFailure(error)
        }
    }
}
