import Foundation
import Testing

@Suite("The program in a real terminal", .serialized)
struct DemoTests {
    static let tree = """
        {"spaces": {"marketing": {"tasks": {"101": {"name": "Campaign Planning", "status": "assigned"},
        "102": {"name": "Landing page"}}}, "sales": {"orders": {}}}}
        """

    @Test("the demo comes up with a tree that lives, and q gives the terminal back as it was")
    func demo() throws {
        let terminal = try TerminalSession()
        try terminal.run(
            "stty -a > /tmp/before-$$; \(Program.path) demo; echo left $?; stty -a | cmp - /tmp/before-$$ && echo same; rm /tmp/before-$$"
        )
        try terminal.waitForTree()
        try terminal.wait(for: "hosts")
        let seq = try terminal.wait("a seq") { $0.contains("seq ") }
        try terminal.wait("another seq") { $0.contains("seq ") && $0.sequence != seq.sequence }
        try terminal.wait("the feed moving") { $0.contains("EDIT") }
        #expect(try terminal.variable("alternate_on") == "1")
        try terminal.press("q")
        try terminal.wait(for: "left 0")
        try terminal.wait(for: "same")
        #expect(try terminal.variable("alternate_on") == "0")
        #expect(try terminal.variable("cursor_flag") == "1")
    }

    @Test("a, i, dd y, x p and r change the server's tree")
    func editing() throws {
        let server = try RunningServer(tree: Self.tree)
        let terminal = try TerminalSession()
        try terminal.run("\(Program.path) '\(server.address)#tree/spaces/marketing/tasks/101'")
        try terminal.wait(for: "Campaign Planning")
        try terminal.type("i")
        try terminal.wait(for: "edit name")
        try terminal.press("C-u")
        try terminal.type("Übersicht 日本")
        try terminal.press("Enter")
        _ = try eventually("the edit") {
            try server.get("tree/spaces/marketing/tasks/101/name") == "\"Übersicht 日本\"" ? 1 : nil
        }
        try terminal.type("a")
        try terminal.type("due = 42")
        try terminal.press("Enter")
        _ = try eventually("the property") { try server.get("tree/spaces/marketing/tasks/101/due") == "42" ? 1 : nil }
        try terminal.type("xgp")
        try terminal.press("C-u")
        try terminal.type("/spaces/sales/orders")
        try terminal.press("Enter")
        try terminal.type("p")
        _ = try eventually("the move") { try server.get("tree/spaces/sales/orders/101/due") == "42" ? 1 : nil }
        try terminal.type("r")
        try terminal.press("C-u")
        try terminal.type("15")
        try terminal.press("Enter")
        _ = try eventually("the new name") { try server.get("tree/spaces/sales/orders/15/due") == "42" ? 1 : nil }
        try terminal.wait("the answers") { !$0.contains("pending") }
        try terminal.type("dd")
        try terminal.wait(for: "delete tree/spaces/sales/orders/15?")
        try terminal.type("y")
        _ = try eventually("the deletion") { try server.get("tree/spaces/sales/orders") == "{}" ? 1 : nil }
        try terminal.type("q")
        _ = try eventually("the end of the client") { try terminal.variable("alternate_on") == "0" ? 1 : nil }
        #expect(server.stop() == 0)
    }

    @Test("an edit in one terminal is in the other's tree and feed")
    func twoTerminals() throws {
        let server = try RunningServer(tree: Self.tree)
        let here = try TerminalSession(columns: 120)
        let there = try TerminalSession(columns: 80, rows: 24)
        for terminal in [here, there] {
            try terminal.run("\(Program.path) '\(server.address)#tree/spaces/marketing/tasks/101'")
            try terminal.wait(for: "Campaign Planning")
        }
        try here.type("i")
        try here.wait(for: "edit name")
        try here.type("!")
        try here.press("Enter")
        let screen = try there.wait(for: "Campaign Planning!")
        #expect(screen.contains("Campaign Planning → Campaign Planning!") || screen.contains("~ EDIT"))
    }

    @Test("the client before a bare server that was written by others: patches come in, edits go out")
    func bareServer() throws {
        let script = """
            import asyncio, json, websockets
            async def talk(ws):
                await ws.send(json.dumps({"type": "PATCH", "operation": "ADD", "path": "tree/tasks/1",
                    "value": {"status": "open"}, "timestamp": 1000, "meta": {"user": "py"}, "seq": 1}))
                seq = 1
                async for message in ws:
                    seq += 1
                    patch = json.loads(message)
                    print(patch["operation"], patch["path"], json.dumps(patch["value"]), flush=True)
                    await ws.send(json.dumps(patch | {"seq": seq}))
            async def main():
                async with websockets.serve(talk, "127.0.0.1", 0) as server:
                    print(server.sockets[0].getsockname()[1], flush=True)
                    await asyncio.wait_for(asyncio.Future(), 60)
            asyncio.run(main())
            """
        let server = try Program(Program.python, ["-c", script])
        let port = try #require(server.readLine())
        let terminal = try TerminalSession()
        try terminal.run("\(Program.path) ws://127.0.0.1:\(port)")
        try terminal.wait(for: "live (bare)")
        try terminal.wait(for: "{status: open}")
        try terminal.type("gp/tasks/1")
        try terminal.press("Enter")
        try terminal.type("i")
        try terminal.wait(for: "edit status")
        try terminal.press("C-u")
        try terminal.type("done")
        try terminal.press("Enter")
        #expect(server.readLine() == "EDIT tree/tasks/1/status \"done\"")
        try terminal.wait("the edit confirmed") { $0.contains("open → done") && !$0.contains("pending") }
    }

    @Test("when the server is killed, the tree stays and edits wait; when it is back, all goes on")
    func serverKilled() throws {
        var server = try RunningServer(tree: Self.tree)
        let port = server.port
        let terminal = try TerminalSession()
        try terminal.run("\(Program.path) 'localhost:\(port)#tree/spaces/marketing/tasks'")
        try terminal.waitForTree()
        server.kill()
        try terminal.wait(for: "offline")
        try terminal.type("a103")
        try terminal.press("Enter")
        try terminal.wait(for: "1 pending")
        #expect(try terminal.screen().contains("Campaign Planning"))
        server = try RunningServer(tree: Self.tree, port: port)
        try terminal.type("R")
        try terminal.waitForTree()
        _ = try eventually("the waiting edit") { try server.get("tree/spaces/marketing/tasks/103") == "{}" ? 1 : nil }
    }

    @Test("SIGTERM ends the client and leaves a sound terminal", arguments: ["TERM", "HUP", "SEGV"])
    func killed(signal: String) throws {
        let server = try RunningServer(tree: Self.tree)
        let terminal = try TerminalSession()
        try terminal.run(
            "stty -a > /tmp/before-$$; \(Program.path) \(server.address); stty -a | cmp - /tmp/before-$$ && echo same; rm /tmp/before-$$"
        )
        try terminal.waitForTree()
        _ = try Program.run("pkill", ["-\(signal)", "-f", "^\(Program.path) \(server.address)"])
        try terminal.wait(for: "same")
        #expect(try terminal.variable("alternate_on") == "0")
        #expect(try terminal.variable("cursor_flag") == "1")
    }

    @Test("the picture follows the window down to nothing and back")
    func resizing() throws {
        let server = try RunningServer(tree: Self.tree)
        let terminal = try TerminalSession()
        try terminal.run("\(Program.path) \(server.address)")
        try terminal.waitForTree()
        for (columns, rows) in [(20, 5), (3, 2), (1, 1), (120, 40)] {
            try terminal.resize(columns: columns, rows: rows)
        }
        try terminal.wait(for: "? help")
        try terminal.wait("the full width") { $0.split(separator: "\n").contains { $0.count >= 119 } }
    }

    @Test("Ctrl-Z stops the client, fg brings it back")
    func suspension() throws {
        let server = try RunningServer(tree: Self.tree)
        let terminal = try TerminalSession()
        try terminal.run("exec bash --norc --noprofile")
        try terminal.run("\(Program.path) \(server.address)")
        try terminal.waitForTree()
        try terminal.press("C-z")
        try terminal.wait(for: "Stopped")
        try terminal.run("fg")
        try terminal.waitForTree()
    }
}

extension String {
    /// What stands behind `seq` in the status line.
    fileprivate var sequence: Substring? {
        range(of: "seq ").map { self[$0.upperBound...].prefix { $0.isNumber || $0 == "," } }
    }
}
