import Foundation
import GRDB
import Testing
import TreenityLog
import TreenityProtocol

@testable import TreenityDataFile

@Suite struct UpgradeTests {
    private let bench: Workbench

    init() throws {
        bench = try Workbench()
    }

    @Test("A file of the first version, with a row for each archived patch, becomes one of this version")
    func firstVersion() async throws {
        let patches = (1...700 as ClosedRange<Int64>).map(ArchivedPatch.numbered)
        try await bench.withFile { file in
            _ = try await file.append([.numbered(1)])
            try await file.write { try UpgradeTests.makeFirst($0, patches) }
        }
        try await bench.withFile { file in
            #expect(file.end.number == 1)
            let history = try await file.history(of: "tree/n", before: nil, limit: 1_000)
            #expect(history.patches == patches.reversed())
            let (version, rows, tables) = try await file.read { database in
                (
                    try Int32.fetchOne(database, sql: "PRAGMA user_version"),
                    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM archive") ?? 0,
                    try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
                )
            }
            #expect(version == Schema.version)
            #expect(rows < 20)
            #expect(Set(tables) == ["entries", "states", "parts", "archive", "places", "totals"])
            try await file.append([ArchivedPatch.numbered(701)])
        }
    }

    /// What stood in a file before patches were kept in runs.
    private static func makeFirst(_ database: Database, _ patches: [ArchivedPatch]) throws {
        try database.execute(
            sql: """
                DROP TABLE archive; DROP TABLE places;
                CREATE TABLE archive (
                    seq INTEGER PRIMARY KEY, received INTEGER NOT NULL, path TEXT NOT NULL, target TEXT,
                    bytes BLOB NOT NULL, checksum INTEGER NOT NULL);
                CREATE TABLE places (
                    stretch INTEGER NOT NULL, role INTEGER NOT NULL, path TEXT NOT NULL, seq INTEGER NOT NULL,
                    PRIMARY KEY (stretch, role, path, seq)) WITHOUT ROWID;
                PRAGMA user_version = 1;
                """)
        for patch in patches {
            let (path, bytes) = (patch.patch.path.text, patch.encoded)
            try database.execute(
                sql: "INSERT INTO archive VALUES (?, ?, ?, NULL, ?, ?); INSERT INTO places VALUES (0, 0, ?, ?)",
                arguments: [
                    patch.patch.seq?.value, patch.received.milliseconds, path, Data(bytes), checksum(bytes), path,
                    patch.patch.seq?.value,
                ])
        }
    }
}
