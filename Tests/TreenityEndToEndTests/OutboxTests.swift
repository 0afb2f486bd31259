import Foundation
import Testing

@Suite("Edits that the server has not answered", .timeLimit(.minutes(5)))
struct OutboxTests {
    @Test("outlive the client that made them, and are applied once by the next one")
    func crash() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("treenity-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try RunningServer(tree: #"{"a": {"x": 1}}"#)
        let client = "env XDG_STATE_HOME=\(folder.path) \(Program.path) \(server.address)#tree/a"
        let terminal = try TerminalSession()
        try terminal.run("exec \(client)")
        try terminal.waitForTree()
        server.send(SIGSTOP)
        try terminal.type("a")
        try terminal.type("during")
        try terminal.press("Enter")
        try terminal.wait(for: "1 pending")
        // It is kept before it is sent.
        _ = try eventually("the file") { try kept(in: folder).contains("during") ? true : nil }
        kill(try terminal.process(), SIGKILL)
        server.send(SIGCONT)
        let another = try TerminalSession()
        try another.run("\(client); echo left $?")
        _ = try eventually("the edit") { try server.get("tree/a/during") == "{}" ? true : nil }
        try another.wait("the answer") { $0.contains("● live") && !$0.contains("pending") }
        _ = try eventually("an empty file") { try kept(in: folder).contains("settled") ? true : nil }
        try another.press("q")
        try another.wait(for: "left 0")
        #expect(try kept(in: folder).isEmpty)
    }

    private func kept(in folder: URL) throws -> String {
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return "" }
        return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "jsonl" }
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    }
}
