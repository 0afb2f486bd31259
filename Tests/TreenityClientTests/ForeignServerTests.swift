import Testing
import TreenityProtocol
import TreenityStore
import TreenityWebSocket

@testable import TreenityClient

@Suite("A server that knows the patches and nothing else", .timeLimit(.minutes(5)))
struct ForeignServerTests {
    private func edit(_ value: JSONValue, _ path: TreePath, at time: Int64) -> Patch {
        Patch(.edit(value), path, timestamp: Timestamp(milliseconds: time), meta: ["user": "ann"])
    }

    @Test("may reorder and repeat: the latest counts")
    func disorder() async throws {
        let patches = [
            edit(["x": 3, "y": 1], "tree/a", at: 30), edit(["x": 1, "z": 1], "tree/a", at: 10),
            edit(["x": 3, "y": 1], "tree/a", at: 30), Patch(.delete, "tree/b", timestamp: Timestamp(milliseconds: 20)),
            edit(["x": 1], "tree/b", at: 10), edit(["x": 1, "z": 1], "tree/a", at: 10), edit(1, "tree/end", at: 1),
        ]
        let server = ScriptedServer(selects: nil) { _, inbound, writer in
            for patch in patches { await writer.send(.patch(patch)) }
            for await _ in inbound {}
        }
        try await server.run { port, _ in
            let stream = try PatchStream("127.0.0.1:\(port)")
            var updates = stream.makeAsyncIterator()
            while stream.tree.json(at: "tree/end") == nil { _ = try await updates.next() }
            #expect(stream.tree.json(at: "tree/a/x") == 3)
            #expect(stream.tree.json(at: "tree/a/z") == 1)
            #expect(stream.tree.json(at: "tree/b") == nil)
        }
    }

    @Test("answers an edit by its echo, with or without its id, once or twice")
    func echo() async throws {
        let server = ScriptedServer(selects: nil, tree: (#"{"a":{"x":1}}"#, "")) { _, inbound, writer in
            var frames = ClientFrames(inbound)
            var count = 0
            while case .patch(var patch)? = await frames.next() {
                count += 1
                if count == 2 { patch.id = nil }
                await writer.send(.patch(patch))
                await writer.send(.patch(patch))
            }
        }
        try await server.run { port, _ in
            let stream = try PatchStream("127.0.0.1:\(port)")
            var updates = stream.makeAsyncIterator()
            while stream.tree.json(at: "tree/a/x") == nil { _ = try await updates.next() }
            try await stream.send(Patch(.edit(2), "tree/a/x"))
            try await stream.send(Patch(.edit(3), "tree/a/x"))
            #expect(stream.tree.json(at: "tree/a/x") == 3)
            await #expect(throws: StreamError.self) { try await stream.find("x") }
        }
    }
}
