import Foundation
import Testing

@Suite("The commands")
struct CommandTests {
    @Test("without arguments the program says what it can do")
    func usage() throws {
        let (status, output) = try Program.run(Program.path, [])
        #expect(status == 0)
        for command in ["demo", "connect", "serve"] { #expect(output.contains(command)) }
    }

    @Test("an address that is none is an error of use", arguments: ["ftp://x", "ws://", "ws://h:99999", "connect"])
    func badAddress(address: String) throws {
        #expect(try Program.run(Program.path, [address]).status == 64)
    }

    @Test("without a terminal the client says so and ends")
    func noTerminal() throws {
        #expect(try Program.run(Program.path, ["ws://127.0.0.1:1"]).status != 0)
    }

    @Test("what cannot be imported is an error that names the file", arguments: ["{\"a\":", "", "[1] x"])
    func badImport(text: String) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("treenity-\(UUID().uuidString).json")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try Program.run(Program.path, ["serve", "--listen", "127.0.0.1:0", "--import", file.path]).status != 0)
    }

    @Test("a peer written from the guide alone sees and sends patches on a bare connection")
    func barePeer() throws {
        let server = try RunningServer(tree: "{\"tasks\": {\"1\": {\"status\": \"open\"}}}")
        let script = """
            import asyncio, json, sys, websockets
            async def main():
                async with websockets.connect(sys.argv[1]) as ws:
                    await ws.send(json.dumps({"type": "PATCH", "path": "tree/tasks/1", "operation": "EDIT",
                        "value": {"status": "in-progress"}, "timestamp": 9999999999999, "meta": {"user": "john.doe"}}))
                    patch = json.loads(await ws.recv())
                    print(patch["operation"], patch["path"], patch["value"]["status"], patch["meta"]["user"])
            asyncio.run(main())
            """
        let (status, output) = try Program.run(Program.python, ["-c", script, server.address])
        #expect(status == 0)
        #expect(output == "EDIT tree/tasks/1 in-progress john.doe\n")
        #expect(try server.get("tree/tasks/1") == "{\"status\":\"in-progress\"}")
    }
}
