import NIOHTTP1
import Testing
import TreenityProtocol
import TreenitySequencer
import TreenityStore

@testable import TreenityServer

@Suite("The tree over HTTP")
struct TreeAnswerTests {
    private func answer(_ path: TreePath, _ read: [TreePath]) throws -> HTTPAnswer {
        let document = #"{"a":{"b":{"x":1},"c":{"y":2},"p":3},"d":{"z":4},"e/f":{"g":5}}"#
        let tree = try Import(JSONValue(parsing: document)).tree
        return TreeAnswer(tree: tree, seq: SequenceNumber(7), rights: Rights(read: read)).http(for: path)
    }

    @Test(
        "has what may be read and nothing else",
        arguments: [
            (.root, ["tree/a/b", "tree/d"], #"{"a":{"b":{"x":1}},"d":{"z":4}}"#),
            (.root, ["tree/a/b", "tree/a/c/y", "tree/a/p"], #"{"a":{"b":{"x":1},"c":{"y":2},"p":3}}"#),
            ("tree/a", ["tree/a/c", "tree/d"], #"{"c":{"y":2}}"#),
            ("tree/a", ["tree/a"], #"{"p":3,"b":{"x":1},"c":{"y":2}}"#),
            ("tree/a/b", ["tree/a"], #"{"x":1}"#), ("tree/a/p", ["tree/a/p"], "3"),
            (.root, ["tree/e~1f/g"], #"{"e/f":{"g":5}}"#), (.root, ["tree/none"], "{}"),
        ] as [(TreePath, [TreePath], String)])
    func readable(path: TreePath, read: [TreePath], body: String) throws {
        let answer = try answer(path, read)
        #expect(answer.status == .ok)
        #expect(try JSONValue(parsing: answer.body) == JSONValue(parsing: body))
        #expect(answer.headers["ETag"] == "\"7\"")
        #expect(answer.headers["Vary"] == "Authorization")
    }

    @Test(
        "does not tell whether something is where nothing may be read",
        arguments: ["tree/a/b", "tree/a/p", "tree/d/z", "tree/none"] as [TreePath])
    func forbidden(path: TreePath) throws {
        #expect(try answer(path, ["tree/a/c", "tree/e"]).status == .forbidden)
        #expect(try answer(path, []).status == .forbidden)
    }

    @Test("says where nothing is")
    func missing() throws {
        #expect(try answer("tree/a/none", ["tree/a"]).status == .notFound)
        #expect(try answer("tree/none", ["tree/none/x"]).status == .notFound)
    }
}
