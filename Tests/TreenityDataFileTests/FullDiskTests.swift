import Foundation
import GRDB
import Logging
import Testing
import TreenityLog
import TreenityProtocol
import TreenitySequencer

@testable import TreenityDataFile

@Suite(.timeLimit(.minutes(5))) struct FullDiskTests {
    private let bench: Workbench

    init() throws {
        bench = try Workbench()
    }

    /// Lets the file grow by so many pages; `nil`: without bound.
    private func leave(_ pages: Int?, _ file: DataFile) throws {
        try file.pool.writeWithoutTransaction { database in
            let count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages.map { count + $0 } ?? 1 << 30)")
        }
    }

    /// An entry that needs some pages.
    private static func large(_ number: Int) -> LogEntry {
        LogEntry(
            .proposal(
                .patch(Patch(.edit(.string(String(repeating: "x", count: 100_000))), "tree/n", id: "\(number)"))),
            from: Sender(), received: Timestamp(milliseconds: 1))
    }

    @Test("An append that finds no room fails and leaves nothing; later ones succeed by themselves")
    func appends() async throws {
        try await bench.withFile { file in
            try await file.append([.numbered(1)])
            try leave(3, file)
            let failure = await #expect(throws: LogFailure.self) { try await file.append([Self.large(2)]) }
            #expect(failure == .unavailable("the disk is full"))
            #expect(file.end == LogPosition(1))
            // What was left of it in the write-ahead log is written over.
            let withdrawn = try await file.read {
                try Int.fetchOne($0, sql: "SELECT value FROM totals WHERE name = 'withdrawn'")
            }
            #expect(withdrawn == 1)
            // What is small still fits.
            #expect(try await file.append([.numbered(3)]).lowerBound == LogPosition(2))
            try leave(nil, file)
            try await file.append([Self.large(4)])
            #expect(try await file.first(3).compactMap(\.entry.number) == [1, 3, 4])
        }
        try await bench.withFile { file in
            let numbers = try await file.first(3).compactMap(\.entry.number)
            #expect(numbers == [1, 3, 4])
        }
    }

    @Test("A state that finds no room is not kept; the one before stands, and the next is kept")
    func states() async throws {
        let chunks = Array(repeating: [UInt8](repeating: 1, count: 50_000), count: 10)
        try await bench.withFile { file in
            try await file.save(stateAt: LogPosition(1), chunks: [[1]])
            try leave(40, file)
            let failure = await #expect(throws: LogFailure.self) {
                try await file.save(stateAt: LogPosition(2), chunks: chunks)
            }
            #expect(failure == .unavailable("the disk is full"))
            #expect(try await file.savedState()?.chunks == [[1]])
            // The next save takes the room of what did not become whole.
            try await file.save(stateAt: LogPosition(3), chunks: [[3]])
            try leave(nil, file)
            try await file.save(stateAt: LogPosition(4), chunks: chunks)
            #expect(try await file.savedState()?.chunks == [[3]])
        }
    }

    @Test("Archived patches that find no room are written with those that come when there is")
    func archive() async throws {
        try await bench.withFile { file in
            try leave(0, file)
            try await file.append((1...500).map(ArchivedPatch.numbered))
            try leave(nil, file)
            try await file.append([ArchivedPatch.numbered(501)])
            let history = try await file.history(of: "tree/n", before: nil, limit: 1_000)
            #expect(history.patches.map(\.patch.seq?.value) == (1...501).reversed().map { $0 })
        }
    }

    @Test(
        "On a disk that is really full, readers go on, and writing goes on when there is room",
        .enabled(if: SmallDisk.isPermitted))
    func tmpfs() async throws {
        let disk = try SmallDisk(megabytes: 4)
        let file = try DataFile(at: disk.path + "/tree.db", Workbench.options)
        try await file.save(stateAt: .zero, chunks: [[1]])
        var written = 0
        var failure: LogFailure?
        while failure == nil {
            // Until not even a small one fits.
            do throws(LogFailure) {
                try await file.append([written < 20 ? Self.large(written) : .numbered(written)])
                written += 1
            } catch {
                failure = error
            }
        }
        #expect(failure?.isDamage == false)
        #expect(file.end.number == Int64(written))
        #expect(try await file.first(written).compactMap(\.entry.number) == Array(0..<written))
        await #expect(throws: LogFailure.self) {
            try await file.save(stateAt: file.end, chunks: [[UInt8](repeating: 1, count: 2 << 20)])
        }
        try await file.append([ArchivedPatch.numbered(1)])
        #expect(try await file.savedState()?.position == .zero)

        try disk.resize(megabytes: 64)
        try await file.append([.numbered(written)])
        try await file.append([ArchivedPatch.numbered(2)])
        try await file.save(stateAt: file.end, chunks: [[2]])
        #expect(try await file.first(written + 1).compactMap(\.entry.number) == Array(0...written))
        #expect(try await file.history(of: "tree/n", before: nil, limit: 9).patches.count == 2)
        try file.close()
    }
}
