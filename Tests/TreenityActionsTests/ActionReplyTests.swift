import Testing
import TreenityProtocol

@testable import TreenityActions

struct ActionReplyTests {
    @Test(arguments: [
        ("", "null"), (" \n\t\r", "null"), ("null", "null"), ("7", "7"), ("[1]", "[1]"), ("{}", "{}"),
        (#"{"a": 1}"#, #"{"a":1}"#), (#"{"value": 3, "unit": "m"}"#, "3"), (#"{"value": null}"#, "null"),
        (#"{"value": {"value": 1}}"#, #"{"value":1}"#), (#"{"patches": []}"#, "null"),
        (#"{"patches": null, "value": 1}"#, "1"),
    ])
    func theValueOfAReply(text: String, value: String) throws {
        let reply = try ActionReply(parsing: Array(text.utf8))
        #expect(reply.value.text == value)
        #expect(reply.patches.isEmpty)
    }

    @Test func thePatchesOfAReplyAreReadInOrder() throws {
        let text = """
            {"patches": [
              {"type": "PATCH", "operation": "ADD", "path": "/a", "value": {"b": 1}, "meta": {"note": "x"}},
              {"type": "MOVE", "path": "tree/a", "value": {"to": "tree/c"}}
            ], "value": "done"}
            """
        let reply = try ActionReply(parsing: Array(text.utf8))
        #expect(reply.value == "done")
        #expect(
            reply.patches == [
                Patch(.add(["b": 1]), "tree/a", meta: ["note": "x"]), Patch(.move(to: "tree/c"), "tree/a"),
            ])
    }

    @Test(arguments: ["{", "1 2", "<p>", "\"\u{1}\"", "{\"value\":1e999}"])
    func whatIsNoJSONIsAFailure(text: String) throws {
        let cause = try #require(throws: ActionFailure.Cause.self) { try ActionReply(parsing: Array(text.utf8)) }
        #expect(cause.description.hasPrefix("the action's reply is no JSON: "))
    }

    @Test(arguments: [
        (#"{"patches": 1}"#, "the action's reply is wrong: “patches” must be an array"),
        (#"{"patches": {"path": "tree"}}"#, "the action's reply is wrong: “patches” must be an array"),
        (
            #"{"patches": [{"operation": "DELETE", "path": "tree/a"}, {"operation": "EDIT", "path": "tree/a"}]}"#,
            "patch 1 of the action's reply is wrong: an EDIT needs a “value”"
        ),
        (
            #"{"patches": [{"operation": "DELETE", "path": "a"}]}"#,
            "patch 0 of the action's reply is wrong: a path starts with “tree” or “/”, this one with “a”"
        ),
        (#"{"patches": [7]}"#, "patch 0 of the action's reply is wrong: the message is no JSON object"),
        (
            #"{"patches": [{"type": "SUBSCRIBE", "id": "s", "path": "tree"}]}"#,
            "patch 0 of the action's reply is wrong: “SUBSCRIBE” is no operation: ADD, EDIT, DELETE, MOVE or EXECUTE"
        ),
    ])
    func aPatchThatIsNoneIsNamed(text: String, description: String) throws {
        let cause = try #require(throws: ActionFailure.Cause.self) { try ActionReply(parsing: Array(text.utf8)) }
        #expect(cause.description == description)
    }

    @Test(arguments: [
        ("", ""), ("  plain  text\n", "plain text"), ("a\u{1B}[31mb", "a [31mb"), ("x\u{85}\u{202E}\u{2028}y", "x y"),
        ("é…💥", "é…💥"),
    ])
    func anExcerptIsOneVisibleLine(text: String, excerpt: String) {
        #expect(Excerpt.text(Array(text.utf8)) == excerpt)
    }

    @Test func anExcerptOfBrokenUTF8IsText() {
        #expect(Excerpt.text([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
    }
}
