import Foundation

/// A `treenity serve` beside this program, for as long as somebody holds it.
final class ServerProcess {
    let port: UInt16
    private let process = Process()
    private let folder: URL

    /// - Parameter isDurable: it keeps its tree in a file.
    init(isDurable: Bool) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("treenity-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let program = Bundle.main.executableURL?.deletingLastPathComponent().appendingPathComponent("treenity")
        guard let program, FileManager.default.isExecutableFile(atPath: program.path) else {
            throw BenchError("there is no treenity beside this program: swift build -c release --product treenity")
        }
        let output = Pipe()
        process.executableURL = program
        process.arguments = ["serve", "--listen", "127.0.0.1:0", "--max-connections", "5000", "--log-level", "error"]
        if isDurable { process.arguments? += ["--data", folder.appendingPathComponent("tree.db").path] }
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let port = line.split(separator: "/").dropFirst().first?.split(separator: ":").last.flatMap { UInt16($0) }
        guard let port else { throw BenchError("the server does not start") }
        self.port = port
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The processor time that it has used, in seconds.
    func processorTime() throws -> Double {
        let text = try read("stat")
        let fields = text[text.index(after: text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw BenchError("the server has ended")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Its memory in RAM, in bytes.
    func residentBytes() throws -> Int {
        guard let pages = try read("statm").split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw BenchError("the server has ended")
        }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    private func read(_ name: String) throws -> String {
        let url = URL(fileURLWithPath: "/proc/\(process.processIdentifier)/\(name)")
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }
}
