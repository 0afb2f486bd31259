import Foundation
import Testing

@Suite("A server with a data file", .timeLimit(.minutes(10)))
struct DurabilityTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/treenity-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func removeFolder() { try? FileManager.default.removeItem(atPath: folder) }

    @Test("loses nothing acknowledged when it is killed at random moments under four writers")
    func crashes() async throws {
        defer { removeFolder() }
        let environment = ProcessInfo.processInfo.environment
        let rounds = 10 * (environment["TREENITY_FUZZ"].flatMap { Int($0) } ?? 1)
        let seed = environment["TREENITY_SEED"] ?? "\(Int.random(in: 0..<1_000_000))"
        let output = try await Program.runPeer("crash.py", [Program.path, folder, "\(rounds)", seed])
        #expect(output.hasPrefix("\(rounds) crashes, "))
    }

    @Test("is refused to a second server, and can be exported while it is in use and afterwards")
    func exporting() throws {
        defer { removeFolder() }
        let file = folder + "/tree.db"
        let document = folder + "/document.json"
        try #"{"a":{"p":1}}"#.write(toFile: document, atomically: true, encoding: .utf8)
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--data", file]
        let server = try Program(Program.path, arguments + ["--import", document])
        #expect(server.readLine()?.hasPrefix("ws://127.0.0.1:") == true)
        #expect(try Program.run(Program.path, arguments).status == 1)
        #expect(try Program.run(Program.path, ["export", "--data", file]).output == "{\"a\":{\"p\":1}}\n")
        server.send(SIGTERM)
        #expect(server.finish() == 0)
        #expect(try Program.run(Program.path, ["export", "--data", file, "tree/a/p"]).output == "1\n")
        #expect(try Program.run(Program.path, arguments + ["--import", document]).status == 1)
        #expect(try Program.run(Program.path, ["export", "--data", document]).status == 1)
    }
}
