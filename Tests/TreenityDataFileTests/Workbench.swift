import Foundation
import Logging
import Testing
import TreenityLog
import TreenityProtocol
import TreenitySequencer

@testable import TreenityDataFile

/// A folder that is gone when the test is over.
final class Workbench: Sendable {
    let folder: String

    init() throws {
        // In memory where there is such a place: what is forced to a busy disk takes its time.
        let place = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm/" : NSTemporaryDirectory()
        folder = place + "treenity-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var path: String { folder + "/tree.db" }

    static var options: DataFileOptions {
        DataFileOptions(logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Opens the file, and closes it after `body`.
    func withFile<Value>(
        _ options: DataFileOptions = Workbench.options, at path: String? = nil,
        _ body: (DataFile) async throws -> Value
    ) async throws -> Value {
        let file = try DataFile(at: path ?? self.path, options)
        let result: Result<Value, any Error>
        do { result = .success(try await body(file)) } catch { result = .failure(error) }
        try file.close()
        return try result.get()
    }

    /// Writes over a part of the file.
    func damage(at offset: UInt64, _ bytes: [UInt8]) throws {
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: offset)
        handle.write(Data(bytes))
        try handle.close()
    }
}

extension LogEntry {
    /// An entry told by a number.
    static func numbered(_ number: Int) -> LogEntry {
        LogEntry(
            .proposal(.patch(Patch(.edit(.integer(number)), "tree/n", id: "\(number)"))), from: Sender(),
            received: Timestamp(milliseconds: 1_000))
    }

    var number: Int? {
        guard case .proposal(let proposal) = content else { return nil }
        return proposal.id.flatMap { Int($0) }
    }
}

extension PatchLog {
    /// The first so many entries after a place, one piece.
    func first(_ count: Int, after position: LogPosition = .zero) async throws -> [PlacedEntry] {
        var entries: [PlacedEntry] = []
        guard count > 0 else { return [] }
        for try await piece in self.entries(after: position) {
            entries += piece
            if entries.count >= count { return entries }
        }
        return entries
    }
}
