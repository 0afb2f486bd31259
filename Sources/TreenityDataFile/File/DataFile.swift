import GRDB
import Logging
import Synchronization
import TreenityLog

/// A file with a log, the states from which reading it can start, and the archive: an SQLite database.
///
/// What is appended is written to SQLite's write-ahead log and forced to the disk (`synchronous=FULL`) before the append
/// returns. States and archived patches are not forced: they follow the log, and are made again from it.
///
/// One thing is written after another, each in a small transaction, so that an append waits for little: for the appends
/// before it, for one part of a state, and for some patches of the archive.
public final class DataFile: Sendable {
    let path: String
    let pool: DatabasePool
    let tail: LogTail
    let options: DataFileOptions
    let appends = Mutex(Appends())
    /// Archived patches that could not be written yet.
    let backlog = Mutex(ArchiveBacklog())
    private let lock: Mutex<FileLock?>

    /// Opens a file, or makes a new one. Blocks the thread while the disk is read.
    ///
    /// - Throws: ``DataFileError`` where another server uses it, where it is none of ours or damaged, or where it cannot
    ///   be opened or made. It is left as it is.
    public init(at path: String, _ options: DataFileOptions) throws(DataFileError) {
        self.path = path
        self.options = options
        try FileAccess.check(path)
        lock = Mutex(try FileLock(path))
        do {
            try Schema.makeIfNeeded(at: path)
            pool = try DatabasePool(path: path, configuration: DataFile.configuration)
            let end = try pool.writeWithoutTransaction { database in
                // GRDB has made it NORMAL, as it does where it switches to write-ahead logging.
                try database.execute(sql: "PRAGMA synchronous = FULL")
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
            // Pages that become free are not written over with zeros first, as Debian's SQLite does.
            try database.execute(sql: "PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = FAST")
        }
        return configuration
    }

    /// Ends it: what was appended is there, who follows the log is told, and the file can be used by another process.
    ///
    /// - Throws: ``DataFileError`` where the database could not be closed. It then still can.
    public func close() throws(DataFileError) {
        appends.withLock { $0.close() }
        guard !tail.isClosed else { return }
        do {
            pool.writeWithoutTransaction { database in
                writeRest(in: database)
                do {
                    _ = try database.checkpoint(.truncate)
                } catch {
                    // What stands in the write-ahead log is found there when the file is opened again.
                    options.logger.warning("the data file keeps its log beside it", metadata: ["reason": "\(error)"])
                }
            }
            tail.close()
            try pool.close()
            lock.withLock { $0 = nil }
        } catch {
            throw DataFileError(error, opening: path)
        }
    }

    // MARK: Transactions

    /// Runs a transaction that is forced to the disk only with the next append.
    ///
    /// It is not given up where the task is cancelled.
    func write<Value: Sendable>(
        _ body: @Sendable @escaping (Database) throws -> Value
    ) async throws(LogFailure) -> Value {
        let result: Result<Value, LogFailure> = await withCheckedContinuation { waiter in
            pool.asyncWriteWithoutTransaction { [path] database in
                do {
                    waiter.resume(returning: .success(try DataFile.transact(database, body)))
                } catch {
                    waiter.resume(returning: .failure(LogFailure(error, in: path)))
                }
            }
        }
        return try result.get()
    }

    private static func transact<Value>(_ database: Database, _ body: (Database) throws -> Value) throws -> Value {
        try database.execute(sql: "PRAGMA synchronous = NORMAL")
        defer { try? database.execute(sql: "PRAGMA synchronous = FULL") }
        var value: Value?
        try database.inTransaction(.immediate) {
            value = try body(database)
            return .commit
        }
        guard let value else { preconditionFailure("a transaction was committed without its value") }
        return value
    }

    func read<Value: Sendable>(
        _ body: @Sendable @escaping (Database) throws -> Value
    ) async throws(LogFailure) -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw LogFailure(error, in: path)
        }
    }
}
