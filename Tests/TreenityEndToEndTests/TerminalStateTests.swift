import Foundation
import Testing

@Suite("What the program leaves behind in a terminal", .serialized, .timeLimit(.minutes(5)))
struct TerminalStateTests {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Peers/terminal.py").path

    /// Runs the client on a terminal of a type; gives what the script says.
    private func run(
        on type: String, endedBy way: String, _ server: RunningServer, keys: String = "", done: String = "",
        options: [String] = []
    ) throws -> String {
        let address = "\(server.address)#tree/tasks/101"
        return try Program.run(
            Program.python,
            [Self.script, type, way, "as-it-was", keys, done, "--", Program.path, "connect", address] + options
        ).output
    }

    @Test(
        "an edit, then q: nothing", arguments: ["xterm-256color", "xterm", "tmux-256color", "screen", "linux", "vt100"])
    func edit(type: String) throws {
        let server = try RunningServer(tree: "{\"tasks\": {\"101\": {\"name\": \"as-it-was\"}}}")
        // The patches below show an edit when the server has sent it on.
        let output = try run(on: type, endedBy: "keys", server, keys: "i\\x15brand-new\\r", done: "EDIT")
        #expect(output == "exit 0\n")
        #expect(try server.get("tree/tasks/101/name") == "\"brand-new\"")
    }

    @Test(
        "a signal, and a crash: nothing, and the code says which",
        arguments: [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130), ("SIGSEGV", 139), ("SIGABRT", 134)])
    func signals(signal: String, code: Int) throws {
        let server = try RunningServer(tree: "{\"tasks\": {\"101\": {\"name\": \"as-it-was\"}}}")
        #expect(try run(on: "xterm-256color", endedBy: signal, server).hasSuffix("exit \(code)\n"))
        #expect(try !run(on: "xterm-256color", endedBy: signal, server).contains("left behind"))
    }

    @Test("without a full screen the program says what to do instead, and has a code of its own for it")
    func dumb() throws {
        let (status, output) = try Program.run(
            Program.python,
            [
                "-c",
                """
                import os, pty, sys
                os.environ["TERM"] = "dumb"
                sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:], lambda terminal: os.read(terminal, 1024))))
                """, Program.path, "connect", "127.0.0.1:1",
            ])
        #expect(status == 69)
        #expect(output.contains("“dumb”") && output.contains("treenity export"))
    }
}
