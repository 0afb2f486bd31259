import GRDB

/// What stands where in a data file.
///
/// `entries`: the log, one row for what was appended at once. `states` and `parts`: what reading can start from; a state is
/// whole when its row is there. `archive`: the admitted patches. `totals`: what would take long to count.
enum Schema {
    /// In the file's header: “tree”.
    static let applicationID: Int32 = 0x7472_6565
    static let version: Int32 = 1

    private static let statements = """
        CREATE TABLE entries (
            first INTEGER PRIMARY KEY, last INTEGER NOT NULL, bytes BLOB NOT NULL, checksum INTEGER NOT NULL);
        CREATE TABLE states (position INTEGER PRIMARY KEY, parts INTEGER NOT NULL);
        CREATE TABLE parts (
            position INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL, checksum INTEGER NOT NULL,
            PRIMARY KEY (position, number));
        CREATE TABLE archive (
            seq INTEGER PRIMARY KEY, received INTEGER NOT NULL, path TEXT NOT NULL, target TEXT, bytes BLOB NOT NULL,
            checksum INTEGER NOT NULL);
        CREATE INDEX archivePath ON archive (path);
        CREATE INDEX archiveTarget ON archive (target) WHERE target IS NOT NULL;
        CREATE TABLE totals (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO totals VALUES ('archiveBytes', 0), ('end', 0);
        """

    /// Makes a new file a data file, or checks that it is one.
    static func prepare(_ database: Database, of path: String) throws {
        guard try isEmpty(database) else { return try check(database, of: path) }
        try database.execute(sql: statements)
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(Schema.version)")
    }

    /// Checks that a file is a data file, or may become one.
    static func checkBeforeUse(_ database: Database, of path: String) throws {
        if try !isEmpty(database) { try check(database, of: path) }
    }

    /// Whether nothing was ever made in a database, as where making it was cut short.
    private static func isEmpty(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master") == 0
            && Int32.fetchOne(database, sql: "PRAGMA application_id") == 0
            && Int32.fetchOne(database, sql: "PRAGMA user_version") == 0
    }

    /// Checks that a file is a data file of a version that can be read.
    static func check(_ database: Database, of path: String) throws {
        let id = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        try check(id: id, version: try Int32.fetchOne(database, sql: "PRAGMA user_version") ?? 0, of: path)
    }

    private static func check(id: Int32, version: Int32, of path: String) throws {
        guard id == applicationID else { throw DataFileError.foreign(path, "is no data file of treenity") }
        guard version <= Schema.version else {
            throw DataFileError.foreign(
                path, "is of version \(version), and this treenity reads versions up to \(Schema.version)")
        }
    }
}
