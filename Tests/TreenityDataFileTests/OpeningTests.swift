import Foundation
import GRDB
import Testing
import TreenityLog

@testable import TreenityDataFile

@Suite(.timeLimit(.minutes(5))) struct OpeningTests {
    private let bench: Workbench

    init() throws {
        bench = try Workbench()
    }

    private func failure(at path: String? = nil) throws -> String {
        let error = #expect(throws: DataFileError.self) { () throws in
            _ = try DataFile(at: path ?? bench.path, Workbench.options)
        }
        return try #require(error).description
    }

    @Test("A database of another program is not changed by a byte, and nothing is left beside it but the lock")
    func foreignDatabase() throws {
        let queue = try DatabaseQueue(path: bench.path)
        try queue.write { try $0.execute(sql: "CREATE TABLE t (x); INSERT INTO t VALUES (1)") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: bench.path))
        #expect(try failure().contains("is no data file of treenity, and was left as it is"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: bench.path)) == before)
        let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder)
        #expect(names.sorted() == ["tree.db", "tree.db.lock"])
    }

    @Test("A folder that is not there, one in the file's place and a device are told apart")
    func places() throws {
        #expect(
            try failure(at: bench.folder + "/none/tree.db")
                .hasSuffix("there is no folder \(bench.folder)/none: make it first"))
        #expect(try failure(at: bench.folder).contains("it is a folder"))
        #expect(try failure(at: "/dev/null").contains("no ordinary file"))
        try Data().write(to: URL(fileURLWithPath: bench.folder + "/plain"))
        #expect(try failure(at: bench.folder + "/plain/tree.db").contains("no folder"))
    }

    @Test("An empty file becomes a data file")
    func emptyFile() async throws {
        try Data().write(to: URL(fileURLWithPath: bench.path))
        try await bench.withFile { file in #expect(file.end == .zero) }
    }

    @Test("A file of which the end is missing is damaged, and stays as it is")
    func cutOff() async throws {
        try await bench.withFile { file in
            for number in 1...500 { try await file.append([.numbered(number)]) }
        }
        let handle = try #require(FileHandle(forUpdatingAtPath: bench.path))
        try handle.truncate(atOffset: 4_096 * 5)
        try handle.close()
        let error = #expect(throws: DataFileError.self) { () throws in
            _ = try DataFile(at: bench.path, Workbench.options)
        }
        #expect(error?.isDamage == true)
        #expect(error?.description.contains("its end is missing") == true)
        #expect(error?.description.contains("treenity export --data \(bench.path)") == true)
        #expect(FileAccess.size(bench.path) == 4_096 * 5)
    }

    @Test("A new file says from the beginning what it is, whatever happens to its log")
    func header() throws {
        try Schema.makeIfNeeded(at: bench.path)
        let header = try #require(FileHeader(Array(try Data(contentsOf: URL(fileURLWithPath: bench.path)))))
        #expect(header.applicationID == Schema.applicationID)
        #expect(header.version == Schema.version)
        #expect(header.fileSize == FileAccess.size(bench.path))
        #expect(FileAccess.size(bench.path + "-wal") == 0)
    }

    @Test("A file whose maker was stopped half-way is made anew")
    func halfMade() async throws {
        // What a crash leaves between the last byte and the end of the transaction.
        let other = bench.folder + "/other.db"
        let queue = try DatabaseQueue(path: other)
        try queue.inDatabase { database in
            // Without syncing, the journal is whole from its beginning.
            try database.execute(sql: "PRAGMA synchronous = OFF")
            try database.execute(sql: "BEGIN; CREATE TABLE t (x); PRAGMA application_id = \(Schema.applicationID)")
            try FileManager.default.copyItem(atPath: other + "-journal", toPath: bench.path + "-journal")
            try database.execute(sql: "COMMIT")
        }
        try queue.close()
        try FileManager.default.copyItem(atPath: other, toPath: bench.path)
        #expect(FileAccess.size(bench.path) > 0)
        #expect(FileAccess.size(bench.path + "-journal") > 0)
        try await bench.withFile { _ = try await $0.append([.numbered(1)]) }
        #expect(try Salvage(of: bench.path).entries.map(\.entry.number) == [1])
    }

    @Test("What is no SQLite file has no header", arguments: [0, 16, 99, 100, 4_096])
    func noHeader(count: Int) {
        #expect(FileHeader(Array(repeating: 0x20, count: count)) == nil)
        #expect(FileHeader(Array("SQLite format 3\0".utf8)) == nil)
    }

    @Test("A read-only file system is named as such", .enabled(if: SmallDisk.isPermitted))
    func readOnlyFileSystem() async throws {
        let disk = try SmallDisk(megabytes: 1)
        try await bench.withFile(at: disk.path + "/tree.db") { _ = try await $0.append([.numbered(1)]) }
        try disk.makeReadOnly()
        #expect(try failure(at: disk.path + "/tree.db").contains("file system that is read-only"))
        #expect(try failure(at: disk.path + "/new.db").contains("file system that is read-only"))
        let salvage = try Salvage(of: disk.path + "/tree.db")
        #expect(salvage.entries.map(\.entry.number) == [1])
        #expect(salvage.losses.isEmpty)
    }

    @Test("The lock names its holder, and is let go with the file, also where a child still has the descriptor")
    func lock() async throws {
        var inherited: Int32?
        try await bench.withFile { _ in
            let reason = try failure()
            #expect(reason.contains("(process \(getpid()))"))
            inherited = try duplicate(bench.path + ".lock")
        }
        try await bench.withFile { _ in }
        close(try #require(inherited))
    }

    /// Another number for a file that this process has open, as a child gets it.
    private func duplicate(_ path: String) throws -> Int32? {
        let numbers = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
        let number = numbers.first { number in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")) == path
        }
        return number.map { dup($0) }
    }
}
