import Testing
import TreenityProtocol

@Suite("Reading patches")
struct PatchDecodingTests {
    @Test(
        "The operation may be the type, and a type may be missing",
        arguments: [
            (#"{"type":"ADD","path":"/a","value":{"x":1}}"#, Patch(.add(["x": 1]), "tree/a")),
            (#"{"type":"ADD","path":"/a"}"#, Patch(.add([:]), "tree/a")),
            (#"{"type":"EDIT","path":"/a","value":null}"#, Patch(.edit(.null), "tree/a")),
            (#"{"type":"DELETE","path":"tree/a/"}"#, Patch(.delete, "tree/a")),
            (#"{"type":"EXECUTE","path":"/a","value":[1]}"#, Patch(.execute([1]), "tree/a")),
            (#"{"type":"EXECUTE","path":"/a","value":null}"#, Patch(.execute(.null), "tree/a")),
            (#"{"type":"EXECUTE","path":"/a"}"#, Patch(.execute(nil), "tree/a")),
            (#"{"operation":"DELETE","path":"/a"}"#, Patch(.delete, "tree/a")),
            (#"{"type":null,"operation":"DELETE","path":"/a"}"#, Patch(.delete, "tree/a")),
            (#"{"type":"ADD","operation":"DELETE","path":"/a"}"#, Patch(.delete, "tree/a")),
            (#"{"type":"ADD","operation":null,"path":"/a"}"#, Patch(.add([:]), "tree/a")),
        ])
    func operations(_ text: String, _ patch: Patch) throws {
        #expect(try decodePatch(text) == patch)
        #expect(try ServerFrame.decode(Array(text.utf8)) == [.patch(patch)])
    }

    @Test(
        "A move is read in all of its three forms",
        arguments: [
            #"{"operation":"MOVE","path":"/a","value":{"to":"/b/c"}}"#,
            #"{"operation":"MOVE","path":"/a","value":"/b/c"}"#,
            #"{"operation":"MOVE","path":"/b/c","value":{"from":"/a"}}"#,
            #"{"operation":"MOVE","path":"/a","value":{"to":"tree/b/c","from":"/x"}}"#,
            #"{"type":"MOVE","value":{"to":"/b/c/","why":1},"path":"/a"}"#,
        ])
    func moves(_ text: String) throws {
        #expect(try decodePatch(text) == Patch(.move(to: "tree/b/c"), "tree/a"))
    }

    @Test(
        "Optional members may be null, and of members that come twice the last counts",
        arguments: [
            #"{"operation":"DELETE","path":"/a","timestamp":null,"meta":null,"id":null,"base":null,"seq":null}"#,
            #"{"operation":"DELETE","path":"/b","path":"/a"}"#,
            #"{"operation":"ADD","path":"/a","\u006fperation":"DELETE"}"#,
            #"{"operation":"DELETE","path":"/a","unknown":{"":[1e5,"\u0000"]},"Path":7,"id ":5}"#,
            " \t\r\n{ \"operation\" : \"DELETE\" ,\n\"path\" : \"\\/a\" } ",
            #"{"operation":"DELETE","path":"/a","value":{"":1}}"#,
        ])
    func tolerance(_ text: String) throws {
        #expect(try decodePatch(text) == Patch(.delete, "tree/a"))
    }

    @Test("The value's numbers, strings and order are kept")
    func valuesAreKept() throws {
        let value = #"{"z":9223372036854775807,"a":-9223372036854775808,"é":"e\u0301","l":[{"b":1,"a":2}]}"#
        let patch = try decodePatch(#"{"operation":"EDIT","path":"/a","value":"# + value + "}")
        let expected = #"{"z":9223372036854775807,"a":-9223372036854775808,"é":"e\#u{301}","l":[{"b":1,"a":2}]}"#
        #expect(patch.operation == .edit(try JSONValue(parsing: expected)))
    }

    @Test(
        "A text edit is a list of steps, alone in its object, in an EDIT with a base",
        arguments: [
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"n":{"$text":[1,"x",{"d":2}]}}}"#, true),
            (#"{"operation":"EDIT","path":"/a/n","base":5,"value":{"$text":[]}}"#, true),
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"b":{"n":{"\u0024text":[1]}}}}"#, true),
            (#"{"operation":"EDIT","path":"/a","value":{"l":[{"$text":5}]}}"#, true),
            (#"{"operation":"ADD","path":"/a","value":{"l":[{"$text":5}]}}"#, true),
            (#"{"operation":"EDIT","path":"/a","value":{"n":{"$text":[1]}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","base":null,"value":{"n":{"$text":[1]}}}"#, false),
            (#"{"operation":"ADD","path":"/a","base":0,"value":{"n":{"$text":[1]}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"n":{"$text":[1],"x":1}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"n":{"$text":"x"}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"n":{"$text":[0]}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"n":{"$text":[-1]}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"n":{"$text":[1.5]}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"n":{"$text":[{"d":0}]}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"n":{"$text":[{"d":1,"e":1}]}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"n":{"$text":[null]}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","base":0,"value":{"n":{"$text":[{"$text":[1]}]}}}"#, false),
            (#"{"operation":"EDIT","path":"/a","value":{"n":{"\u0024text":[1]}}}"#, false),
        ])
    func textEdits(_ text: String, _ isValid: Bool) {
        guard isValid else {
            let error = #expect(throws: FrameError.self) { try decodePatch(text) }
            #expect(error?.refusal.code == .invalidPatch)
            return
        }
        #expect(throws: Never.self) { try decodePatch(text) }
    }

    @Test("A value reaches as deep as a path does, and no deeper", arguments: [0, 1, 60, 126, 127])
    func depth(_ pathDepth: Int) throws {
        func patch(_ valueDepth: Int) -> String {
            let path = "tree" + String(repeating: "/a", count: pathDepth)
            let value =
                String(repeating: "{\"a\":", count: valueDepth) + "{}" + String(repeating: "}", count: valueDepth)
            return "{\"operation\":\"ADD\",\"path\":\"\(path)\",\"value\":\(value)}"
        }
        #expect(throws: Never.self) { try decodePatch(patch(127 - pathDepth)) }
        let error = #expect(throws: FrameError.self) { try decodePatch(patch(128 - pathDepth)) }
        #expect(error?.refusal.code == .invalidPath)
    }
}
