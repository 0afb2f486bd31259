import Foundation
import Testing

/// A process that a test started, and ends.
final class Program {
    private let process = Process()
    private let output = Pipe()

    /// The program under test, as it was built beside the tests.
    static let path: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("treenity").path
    }()

    /// The Python with the packages that `Tests/run` installs.
    static let python = ProcessInfo.processInfo.environment["TREENITY_PYTHON"] ?? "python3"

    init(_ executable: String, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [executable] + arguments
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }

    /// The next line of its output; `nil` at the end.
    func readLine() -> String? {
        var bytes = Data()
        while let byte = try? output.fileHandleForReading.read(upToCount: 1), let first = byte.first {
            if first == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(first)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end.
    func finish() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Runs to the end and gives all that was written.
    static func run(_ executable: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let program = try Program(executable, arguments)
        let data = try program.output.fileHandleForReading.readToEnd() ?? Data()
        return (program.finish(), String(decoding: data, as: UTF8.self))
    }
}

/// A server with a tree, on a port of its own.
final class RunningServer {
    private let program: Program
    /// `ws://127.0.0.1:PORT/patches`
    let address: String

    init(tree: String = "{}", port: Int = 0) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("treenity-\(UUID().uuidString).json")
        try tree.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        program = try Program(Program.path, ["serve", "--listen", "127.0.0.1:\(port)", "--import", file.path])
        address = try #require(program.readLine())
    }

    var port: Int { URL(string: address)?.port ?? 0 }

    func stop() -> Int32 {
        program.send(SIGTERM)
        return program.finish()
    }

    func kill() {
        program.send(SIGKILL)
        _ = program.finish()
    }

    /// What `GET` gives for a path of the tree; the empty string where nothing is.
    func get(_ path: String) throws -> String {
        let script = """
            import sys, urllib.request, urllib.error
            try: sys.stdout.write(urllib.request.urlopen(sys.argv[1]).read().decode())
            except urllib.error.HTTPError: pass
            """
        return try Program.run(Program.python, ["-c", script, "http://127.0.0.1:\(port)/\(path)"]).output
    }
}
