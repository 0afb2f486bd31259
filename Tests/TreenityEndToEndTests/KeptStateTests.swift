import Foundation
import Testing

@Suite("What clients leave", .timeLimit(.minutes(5)))
struct KeptStateTests {
    private static let tree = #"{"task": {"name": "Plan"}}"#

    @Test("a terminal that goes away ends the client, and leaves its edits and drafts to the next one")
    func hangUp() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(tree: Self.tree)
        let client = "env XDG_STATE_HOME=\(folder.url.path) \(Program.path) '\(server.address)#tree/task'"
        let terminal = try TerminalSession()
        try terminal.run("exec \(client)")
        try terminal.wait(for: "Plan")
        server.send(SIGSTOP)
        try terminal.type("aduring")
        try terminal.press("Enter")
        try terminal.wait(for: "1 pending")
        try terminal.type("Hi")
        try terminal.wait(for: "edit name")
        try terminal.type(" of mine")
        try terminal.wait(for: "Plan of mine")
        let process = try terminal.process()
        try terminal.hangUp()
        _ = try eventually("the end") { kill(process, 0) == 0 ? nil : true }
        server.send(SIGCONT)
        let another = try TerminalSession()
        try another.run(client)
        _ = try eventually("the edit") { try server.get("tree/task/during") == "{}" ? true : nil }
        try another.wait("the answer") { $0.contains("● live") && !$0.contains("pending") }
        try another.type("gd")
        try another.wait(for: "Plan of mine")
    }

    @Test("each terminal of a user has an undo of its own, and the one that was left last is gone on with first")
    func undo() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(tree: Self.tree)
        let client = "env XDG_STATE_HOME=\(folder.url.path) \(Program.path) '\(server.address)#tree/task'; echo left $?"
        func open() throws -> TerminalSession {
            let terminal = try TerminalSession()
            try terminal.run(client)
            try terminal.wait(for: "Plan")
            return terminal
        }
        func leave(_ terminal: TerminalSession) throws {
            try terminal.wait("the answer") { !$0.contains("pending") }
            try terminal.press("q")
            try terminal.wait(for: "left 0")
        }
        let both = [try open(), try open()]
        for (terminal, name) in zip(both, ["first", "second"]) {
            try terminal.type("a\(name)")
            try terminal.press("Enter")
            _ = try eventually("the edit") { try server.get("tree/task/\(name)") == "{}" ? true : nil }
        }
        for terminal in both { try leave(terminal) }
        let again = [try open(), try open()]
        for (terminal, name) in zip(again, ["second", "first"]) {
            try terminal.type("u")
            try terminal.wait(for: "y undo this")
            try terminal.type("y")
            _ = try eventually("the undo") { try server.get("tree/task/\(name)") == "{}" ? nil : true }
        }
    }
}
