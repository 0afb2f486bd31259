import Foundation
import GRDB
import Testing
import TreenityLog

@testable import TreenityDataFile

@Suite(.timeLimit(.minutes(5))) struct SalvageTests {
    private let bench: Workbench

    init() throws {
        bench = try Workbench()
    }

    @Test("A file in use gives what is durable at that moment, and is not disturbed")
    func inUse() async throws {
        try await bench.withFile { file in
            try await file.save(stateAt: .zero, chunks: [[7]])
            for number in 1...20 { try await file.append([.numbered(number)]) }
            let salvage = try Salvage(of: bench.path)
            #expect(salvage.state?.chunks == [[7]])
            #expect(salvage.entries.compactMap(\.entry.number) == Array(1...20))
            #expect(salvage.losses.isEmpty)
            try await file.append([.numbered(21)])
            #expect(try Salvage(of: bench.path).entries.count == 21)
        }
    }

    @Test("Of two damaged states the loss is told, and the log is given from its beginning")
    func noState() async throws {
        try await bench.withFile { file in
            try await file.save(stateAt: .zero, chunks: [[1]])
            try await file.append([.numbered(1)])
            try await file.save(stateAt: LogPosition(1), chunks: [[2]])
            try await file.write { try $0.execute(sql: "DELETE FROM parts") }
        }
        let salvage = try Salvage(of: bench.path)
        #expect(salvage.state == nil)
        #expect(salvage.entries.map(\.entry.number) == [1])
        #expect(salvage.losses.count == 2)
    }

    @Test("A gap ends the entries, and is told with its bounds")
    func gap() async throws {
        try await bench.withFile { file in
            for number in 1...5 { try await file.append([.numbered(number)]) }
            try await file.write { try $0.execute(sql: "DELETE FROM entries WHERE first IN (3, 4)") }
        }
        let salvage = try Salvage(of: bench.path)
        #expect(salvage.entries.map(\.entry.number) == [1, 2])
        #expect(salvage.losses == ["entries 3 to 4 of the log, and all that come after them"])
    }

    @Test("Entries from the middle of what was appended at once follow a state")
    func withinGroup() async throws {
        try await bench.withFile { file in
            try await file.append((1...10).map { .numbered($0) })
            try await file.save(stateAt: LogPosition(4), chunks: [[4]])
        }
        #expect(try Salvage(of: bench.path).entries.map(\.position.number) == Array(5...10))
    }

    @Test("What is not there, a folder and another program's database are refused")
    func refusals() throws {
        #expect(throws: DataFileError.self) { try Salvage(of: bench.folder + "/none") }
        #expect(throws: DataFileError.self) { try Salvage(of: bench.folder) }
        let queue = try DatabaseQueue(path: bench.path)
        try queue.write { try $0.execute(sql: "CREATE TABLE t (x)") }
        try queue.close()
        #expect(throws: DataFileError.self) { try Salvage(of: bench.path) }
        try Data(repeating: 7, count: 9_000).write(to: URL(fileURLWithPath: bench.folder + "/noise"))
        let error = #expect(throws: DataFileError.self) { try Salvage(of: bench.folder + "/noise") }
        // Who reads it out already is not told to do so.
        #expect(error?.description.contains("export") == false)
    }
}
