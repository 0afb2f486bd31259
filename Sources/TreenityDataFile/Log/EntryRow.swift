import Foundation
import GRDB
import TreenityLog

/// What was written down at once.
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

    // MARK: Writing

    /// Entries as they stand in a row.
    static func lines(of entries: [LogEntry]) -> [UInt8] {
        var lines: [UInt8] = []
        for entry in entries {
            lines += entry.encoded
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }

    /// Adds a row, and forces it to the disk.
    static func insert(_ lines: [[UInt8]], count: Int, at first: LogPosition, _ database: Database) throws {
        let last = first.number + Int64(count) - 1
        let bytes = lines.count == 1 ? lines[0] : Array(lines.joined())
        try database.inTransaction(.immediate) {
            try database.cachedStatement(sql: "INSERT INTO entries VALUES (?, ?, ?, ?)")
                .execute(arguments: [first.number, last, Data(bytes), checksum(bytes)])
            try database.cachedStatement(sql: "UPDATE totals SET value = ? WHERE name = 'end'")
                .execute(arguments: [last])
            return .commit
        }
    }

    /// Writes over what is left of a row that could not be forced to the disk.
    ///
    /// It stands complete in the write-ahead log, at the place where the next transaction goes. Without one, whoever opens
    /// the file after a crash would find it. It has to change something, or SQLite writes nothing.
    static func withdraw(in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO totals VALUES ('withdrawn', 1) ON CONFLICT DO UPDATE SET value = value + 1")
    }

    // MARK: Reading

    /// More rows than that many bytes take are not read at once.
    private static let bytesAtOnce = 1 << 20

    /// By the key: from the row on that has the entry at a place.
    static let reading = """
        SELECT * FROM entries
        WHERE first >= IFNULL((SELECT MAX(first) FROM entries WHERE first <= ?1), 0) AND last >= ?1
        ORDER BY first
        """

    /// The entries after a place that stand in the next rows; empty: none do.
    ///
    /// - Throws: ``LogFailure`` (damaged), or an error of the database.
    static func entries(after position: LogPosition, in database: Database) throws -> [PlacedEntry] {
        let rows = try EntryRow.fetchCursor(
            database.cachedStatement(sql: reading), arguments: [position.next.number])
        var entries: [PlacedEntry] = []
        var end = position
        var bytes = 0
        while bytes < bytesAtOnce, let row = try rows.next() {
            guard row.first <= end.next.number else {
                throw LogFailure.damaged("the log has a gap: after entry \(end.number) comes entry \(row.first)")
            }
            entries += try row.entries().drop { $0.position <= end }
            end = LogPosition(row.last)
            bytes += row.bytes.count
        }
        return entries
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
