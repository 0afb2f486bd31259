import Foundation
import GRDB
import TreenityLog
import TreenityProtocol

/// What stands where in a data file.
///
/// `entries`: the log, one row for what was appended at once. `states` and `parts`: what reading can start from; a state is
/// whole when its row is there. `archive`: the admitted patches, in runs. `places`: in which of these a path is spoken of.
/// `totals`: what would take long to count.
enum Schema {
    /// In the file's header: “tree”.
    static let applicationID: Int32 = 0x7472_6565
    static let version: Int32 = 2

    private static let statements = """
        CREATE TABLE entries (
            first INTEGER PRIMARY KEY, last INTEGER NOT NULL, bytes BLOB NOT NULL, checksum INTEGER NOT NULL);
        CREATE TABLE states (position INTEGER PRIMARY KEY, parts INTEGER NOT NULL);
        CREATE TABLE parts (
            position INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL, checksum INTEGER NOT NULL,
            PRIMARY KEY (position, number));
        CREATE TABLE totals (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO totals VALUES ('archiveBytes', 0), ('end', 0);
        """

    private static let archive = """
        CREATE TABLE archive (
            first INTEGER PRIMARY KEY, last INTEGER NOT NULL, received INTEGER NOT NULL, bytes BLOB NOT NULL,
            checksum INTEGER NOT NULL);
        CREATE TABLE places (
            stretch INTEGER NOT NULL, role INTEGER NOT NULL, path TEXT NOT NULL, first INTEGER NOT NULL,
            PRIMARY KEY (stretch, role, path, first)) WITHOUT ROWID;
        """

    /// Makes a data file where there is none yet, whole or not at all.
    ///
    /// With SQLite's older kind of journal, so that the file's first bytes say from the beginning what it is.
    ///
    /// - Throws: ``DataFileError`` where there is a file that is none of ours, or an error of the database.
    static func makeIfNeeded(at path: String) throws {
        var isMade = try FileAccess.isMade(path)
        if isMade, FileAccess.size(path + "-journal") > 0 {
            // Somebody was stopped while he made it: looking at it takes back what he did.
            let queue = try DatabaseQueue(path: path)
            _ = try queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM sqlite_schema") }
            try queue.close()
            isMade = try FileAccess.isMade(path)
        }
        guard !isMade else { return }
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(sql: statements + archive)
            try database.execute(
                sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(Schema.version)")
        }
        try queue.close()
    }

    /// Checks that a file is a data file of a version that can be read, and makes it one of this version.
    static func check(_ database: Database, of path: String) throws {
        let id = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int32.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        try check(id: id, version: version, of: path)
        if version == 1 { try upgradeFromFirst(database) }
    }

    /// In the first version each archived patch was a row. Wholly or not at all.
    private static func upgradeFromFirst(_ database: Database) throws {
        try database.inTransaction(.immediate) {
            try database.execute(sql: "DROP TABLE places; ALTER TABLE archive RENAME TO single")
            try database.execute(sql: archive + "UPDATE totals SET value = 0 WHERE name = 'archiveBytes'")
            try gatherSinglePatches(in: database)
            try database.execute(sql: "DROP TABLE single; PRAGMA user_version = \(Schema.version)")
            return .commit
        }
    }

    private static func gatherSinglePatches(in database: Database) throws {
        let rows = try Row.fetchCursor(database, sql: "SELECT received, bytes FROM single ORDER BY seq")
        var patches: [ArchivedPatch] = []
        while let row = try rows.next() {
            let data: Data = row["bytes"]
            patches.append(
                try ArchivedPatch(decoding: Array(data), received: Timestamp(milliseconds: row["received"])))
            guard patches.count == ArchiveBacklog.atOnce else { continue }
            try ArchiveRows.insert(patches, in: database)
            patches = []
        }
        try ArchiveRows.insert(patches, in: database)
    }

    /// Checks the marks of a data file of a version that can be read.
    static func check(id: Int32, version: Int32, of path: String) throws(DataFileError) {
        guard id == applicationID else { throw .foreign(path, "is no data file of treenity") }
        guard version <= Schema.version else { throw .newer(path, version: version) }
    }
}
