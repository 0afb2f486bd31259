import Foundation
import GRDB
public import TreenityLog

extension DataFile: PatchLog {
    /// The place of the last entry.
    public var end: LogPosition { tail.end }

    /// Writes entries down as one row. Many at once cost little more than one.
    @discardableResult
    public func append(_ entries: [LogEntry]) async throws(LogFailure) -> ClosedRange<LogPosition> {
        precondition(!entries.isEmpty, "nothing to append")
        var bytes: [UInt8] = []
        for entry in entries {
            bytes += entry.encoded
            bytes.append(UInt8(ascii: "\n"))
        }
        let blob = bytes
        return try await write(isForced: true, tail: entries) { [tail] database in
            let first = tail.end.next
            let last = LogPosition(first.number + Int64(entries.count) - 1)
            try database.cachedStatement(sql: "INSERT INTO entries VALUES (?, ?, ?, ?)")
                .execute(arguments: [first.number, last.number, Data(blob), checksum(blob)])
            try database.cachedStatement(sql: "UPDATE totals SET value = ? WHERE name = 'end'")
                .execute(arguments: [last.number])
            return first...last
        }
    }

    /// As ``write(isForced:_:)``; the entries are given to those who follow the log before anything else is written.
    private func write(
        isForced: Bool, tail entries: [LogEntry],
        _ body: @Sendable @escaping (Database) throws -> ClosedRange<LogPosition>
    ) async throws(LogFailure) -> ClosedRange<LogPosition> {
        guard !tail.isClosed else { throw .closed }
        do {
            return try await pool.writeWithoutTransaction { [tail] database in
                var range: ClosedRange<LogPosition>?
                try database.inTransaction(.immediate) {
                    range = try body(database)
                    return .commit
                }
                guard let range else { throw LogFailure.unavailable("a transaction gave nothing") }
                let first = range.lowerBound.number
                tail.append(entries.enumerated().map { PlacedEntry($1, at: LogPosition(first + Int64($0))) })
                return range
            }
        } catch {
            throw LogFailure(error)
        }
    }

    /// All entries after a place, then those that come.
    public func entries(after position: LogPosition) -> LogEntries { LogEntries(file: self, position: position) }

    /// The next entries after a place that stand in the file.
    func storedEntries(after position: LogPosition) async throws(LogFailure) -> [PlacedEntry] {
        let row = try await read { database in
            try EntryRow.fetchOne(
                database, sql: "SELECT * FROM entries WHERE last > ? ORDER BY first LIMIT 1",
                arguments: [position.number])
        }
        guard let row else { return [] }
        guard row.first <= position.number + 1 else {
            throw .damaged("the log has a gap: after entry \(position.number) comes entry \(row.first)")
        }
        return try row.entries().filter { $0.position > position }
    }
}

/// What was appended at once.
struct EntryRow: FetchableRecord, Sendable {
    let first: Int64
    let last: Int64
    private let bytes: [UInt8]
    private let isSound: Bool

    init(row: Row) throws {
        first = row["first"]
        last = row["last"]
        let data: Data = row["bytes"]
        bytes = Array(data)
        isSound = checksum(bytes) == row["checksum"]
    }

    /// - Throws: ``LogFailure`` (damaged).
    func entries() throws(LogFailure) -> [PlacedEntry] {
        guard isSound else { throw .damaged("entries \(first) to \(last) of the log are not as they were written") }
        var entries: [PlacedEntry] = []
        var rest = bytes[...]
        var position = first
        while let header = rest.firstIndex(of: UInt8(ascii: "\n")),
            let end = rest[(header + 1)...].firstIndex(of: UInt8(ascii: "\n"))
        {
            entries.append(PlacedEntry(try LogEntry(decoding: rest[..<end]), at: LogPosition(position)))
            rest = rest[(end + 1)...]
            position += 1
        }
        guard rest.isEmpty, position == last + 1 else {
            throw .damaged("entries \(first) to \(last) of the log are not as many")
        }
        return entries
    }
}
