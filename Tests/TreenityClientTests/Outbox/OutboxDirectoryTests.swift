import Testing

@testable import TreenityClient

@Suite("The folder of a server's outboxes")
struct OutboxDirectoryTests {
    private func directory(_ address: String, _ environment: [String: String]) throws -> String? {
        OutboxFile.directory(for: try ServerAddress(parsing: address), environment: environment)
    }

    @Test("lies where the user keeps such things")
    func place() throws {
        let home = ["HOME": "/home/ann"]
        #expect(try directory("a", home) == "/home/ann/.local/state/treenity/outbox/ws_a_8733")
        #expect(
            try directory("a", ["HOME": "/home/ann", "XDG_STATE_HOME": "/s"]) == "/s/treenity/outbox/ws_a_8733")
        #expect(try directory("a", ["XDG_STATE_HOME": "s"]) == nil)
        #expect(try directory("a", [:]) == nil)
    }

    @Test("is another for another server")
    func naming() throws {
        func name(_ address: String) throws -> String {
            OutboxDirectory.name(for: try ServerAddress(parsing: address))
        }
        #expect(try name("wss://Tree.Example:1#tree/x") == "wss_tree.example_1")
        #expect(try name("[::1]") == "ws_%3a%3a1_8733")
        #expect(try name("a/x/../y?z=1") == "ws_a_8733%2fx%2f..%2fy%3fz%3d1")
        let long = String(repeating: "y", count: 300)
        #expect(try name("a/\(long)").utf8.count <= 200)
        #expect(try name("a/\(long)1") != name("a/\(long)2"))
    }
}
