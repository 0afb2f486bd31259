import Dispatch
import Foundation
import Glibc

/// A pipe by which a command tells a test what it is doing: opening it waits for the other side.
struct NamedPipe {
    let path: String
    private let folder: String

    /// Runs a body with a new pipe.
    static func with<Value>(_ body: (NamedPipe) async throws -> Value) async throws -> Value {
        let folder = NSTemporaryDirectory() + "treenity-pipe-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let pipe = NamedPipe(path: folder + "/pipe", folder: folder)
        guard mkfifo(pipe.path, 0o600) == 0 else { throw POSIXError(.EPERM) }
        return try await body(pipe)
    }

    /// What is written until everyone who writes has closed it, or is gone.
    func text() async throws -> String {
        try await reader().text()
    }

    /// Waits for somebody who writes.
    func reader() async throws -> Reader {
        Reader(try await onThread { FileHandle(forReadingAtPath: path) })
    }

    /// Waits for somebody who reads.
    func writer() async throws -> FileHandle {
        try await onThread { FileHandle(forWritingAtPath: path) }
    }

    struct Reader {
        private let handle: FileHandle

        init(_ handle: FileHandle) { self.handle = handle }

        /// The next bytes as text; empty at the end.
        func part() async throws -> String {
            let data = try await onThread { handle.availableData }
            return String(decoding: data, as: UTF8.self)
        }

        /// All that follows.
        func text() async throws -> String {
            let data = try await onThread { try? handle.readToEnd() ?? Data() }
            return String(decoding: data, as: UTF8.self)
        }
    }
}

/// Does something that blocks, on a thread of its own.
private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value?) async throws -> Value {
    let value = await withCheckedContinuation { continuation in
        DispatchQueue(label: "treenity.tests.blocking").async { continuation.resume(returning: body()) }
    }
    guard let value else { throw POSIXError(.ENOENT) }
    return value
}
