import Foundation
import Testing

@Suite("What the user did and copied", .timeLimit(.minutes(5)))
struct ActingTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("treenity-\(UUID().uuidString)")

    private func client(_ address: String) -> String {
        "env XDG_STATE_HOME=\(folder.path) \(Program.path) \(address); echo left $?"
    }

    @Test("A subtree that was deleted comes back by the undo of another run")
    func undo() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let tree = #"{"a":{"b":{"x":1,"c":{"y":[2]}}}}"#
        let server = try RunningServer(tree: tree)
        let terminal = try TerminalSession()
        try terminal.run(client(server.address + "#tree/a/b"))
        try terminal.waitForTree()
        try terminal.type("dd")
        try terminal.wait(for: "delete tree/a/b and the 1 node below it?")
        try terminal.type("y")
        _ = try eventually("the deletion") { try server.get("tree/a/b").isEmpty ? true : nil }
        try terminal.type("q")
        try terminal.wait(for: "left 0")
        let another = try TerminalSession()
        try another.run(client(server.address))
        try another.waitForTree()
        try another.type("u")
        try another.wait(for: "2 nodes come back")
        try another.type("y")
        _ = try eventually("the subtree") { try server.get("tree") == tree ? true : nil }
        for file in try files() { #expect(try mode(of: file) == 0o600) }
    }

    @Test("What is copied before one server is pasted before another")
    func copy() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (one, other) = (try RunningServer(tree: #"{"a":{"x":1,"b":{"y":2}}}"#), try RunningServer())
        let (first, second) = (try TerminalSession(), try TerminalSession())
        try second.run(client(other.address))
        try second.waitForTree()
        try first.run(client(one.address + "#tree/a"))
        try first.waitForTree()
        try first.type("yy")
        try first.wait(for: "copied a for p and P")
        let register = folder.appendingPathComponent("treenity/register.json").path
        _ = try eventually("the register") { FileManager.default.fileExists(atPath: register) ? true : nil }
        try second.type("p")
        _ = try eventually("the paste") { try other.get("tree/a") == #"{"x":1,"b":{"y":2}}"# ? true : nil }
    }

    private func files() throws -> [URL] {
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        else { return [] }
        return try files.compactMap { $0 as? URL }
            .filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
    }

    private func mode(of file: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    }
}
