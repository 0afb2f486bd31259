import Foundation
import Testing

@Suite("Who connects, and to whom", .timeLimit(.minutes(3)))
struct ConnectTests {
    private let folder: URL
    private let token: String
    private let server: Program
    private let address: String

    /// A server that lets in who has the token.
    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("treenity-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let made = try Program.run(Program.path, ["token", "new", "--user", "ann", "--grant", "tree:rw"]).output
        token = String(try #require(made.split(separator: "\n").first))
        let tokens = folder.appendingPathComponent("tokens.yaml").path
        try made.dropFirst(token.count + 1).write(toFile: tokens, atomically: true, encoding: .utf8)
        server = try Program(Program.path, ["serve", "--listen", "127.0.0.1:0", "--tokens", tokens])
        address = try #require(server.readLine())
    }

    private func file(_ text: String, mode: Int) throws -> String {
        let path = folder.appendingPathComponent("token").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    private func cleanUp() { try? FileManager.default.removeItem(at: folder) }

    @Test("a token that is asked for lets in, and is never seen")
    func prompt() throws {
        defer { cleanUp() }
        let terminal = try TerminalSession()
        try terminal.run("\(Program.path) connect --ask-token \(address)")
        try terminal.wait(for: "Token for 127.0.0.1:")
        try terminal.type(token)
        try terminal.press("Enter")
        try terminal.wait("a live tree") { screen in
            #expect(!screen.contains(token))
            return screen.contains("live")
        }
    }

    @Test("after a question that is broken off the terminal shows again what is typed")
    func interrupted() throws {
        defer { cleanUp() }
        let terminal = try TerminalSession()
        try terminal.run("\(Program.path) connect --ask-token \(address)")
        try terminal.wait(for: "Token for 127.0.0.1:")
        try terminal.type("hidden")
        try terminal.press("C-c")
        // As another user's the shell has another prompt.
        try terminal.wait("the shell") { ["$", "#"].contains($0.split(separator: "\n").last) }
        try terminal.type("echo seen")
        let screen = try terminal.wait(for: " echo seen")
        #expect(!screen.contains("hidden"))
    }

    @Test("a token in a file lets in, if nobody else may read it")
    func file() throws {
        defer { cleanUp() }
        let terminal = try TerminalSession(columns: 200)
        let open = try file(token + "\n", mode: 0o644)
        try terminal.run("\(Program.path) connect --token-file \(open) \(address)")
        try terminal.wait(for: "others may read or change it: chmod 600 \(open)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: open)
        try terminal.run("clear; \(Program.path) connect --token-file \(open) \(address)")
        try terminal.wait(for: "live")
    }

    @Test("a server that is not checked is marked in the status line")
    func unverified() throws {
        defer { cleanUp() }
        let terminal = try TerminalSession()
        try terminal.run("TREENITY_TOKEN=\(token) \(Program.path) connect --insecure-skip-verify \(address)")
        try terminal.wait("a warning") { $0.contains("treenity  ! unverified") && $0.contains("live") }
    }

    @Test(
        "what contradicts itself is an error of use",
        arguments: [
            ["--key", "k"], ["--token-file", "f", "--ask-token"], ["--token", "secret"],
        ])
    func mistakes(arguments: [String]) throws {
        defer { cleanUp() }
        #expect(try Program.run(Program.path, ["connect"] + arguments + ["ws://127.0.0.1:1"]).status == 64)
    }
}
