import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityServer

@Suite struct ImportTests {
    private func json(_ document: String) throws -> String {
        try Import(JSONValue(parsing: document)).tree.json(at: .root)?.text ?? "nothing"
    }

    @Test(
        "A document becomes a tree",
        arguments: [
            (#"{"a":{"b":1},"c":[1,2]}"#, #"{"c":[1,2],"a":{"b":1}}"#),
            ("{}", "{}"),
            ("17", #"{"value":17}"#),
            (#""text""#, #"{"value":"text"}"#),
            ("[1,2]", #"{"value":[1,2]}"#),
            ("[]", #"{"value":[]}"#),
            (#"{"list":[]}"#, #"{"list":[]}"#),
            (#"{"list":[1,{"a":2}]}"#, #"{"list":[1,{"a":2}]}"#),
        ])
    func documents(document: String, tree: String) throws {
        #expect(try json(document) == tree)
    }

    @Test(
        "An array of objects becomes a node whose children have the name that tells them apart",
        arguments: [
            (#"[{"id":"x","n":1},{"id":"y","n":1}]"#, #"{"x":{"id":"x","n":1},"y":{"id":"y","n":1}}"#),
            (#"[{"n":1,"id":7},{"id":8,"n":1}]"#, #"{"7":{"n":1,"id":7},"8":{"id":8,"n":1}}"#),
            (#"[{"n":1},{"n":1}]"#, #"{"0":{"n":1},"1":{"n":1}}"#),
            (#"[{"n":1},{"n":"1"}]"#, #"{"0":{"n":1},"1":{"n":"1"}}"#),
            (#"[{"n":1},{}]"#, #"{"0":{"n":1},"1":{}}"#),
            (#"[{"n":".."},{"n":""}]"#, #"{"0":{"n":".."},"1":{"n":""}}"#),
            (#"[{"ok":true},{"ok":false}]"#, #"{"0":{"ok":true},"1":{"ok":false}}"#),
            (
                #"{"639-3":[{"alpha_3":"aaa","name":"Ghotuo"}]}"#,
                #"{"639-3":{"aaa":{"alpha_3":"aaa","name":"Ghotuo"}}}"#
            ),
        ])
    func arrays(document: String, tree: String) throws {
        #expect(try json(document) == tree)
    }

    @Test("Keys that are no names are renamed visibly, to different ones, and reported")
    func renaming() throws {
        let long = String(repeating: "ä", count: 200)
        let document = #"{"":1,".":2,"..":3,"(.)":4,"a\u0001":5,"a␁":6,"$text":7,"\#(long)":8,"\u0085":{"":9}}"#
        let imported = try Import(JSONValue(parsing: document))
        let members = try #require(imported.tree.json(at: .root)?.members)
        let cut = String(repeating: "ä", count: 126) + "…"
        #expect(
            members.map(\.key) == [
                "(empty)", "(.) (2)", "(..)", "(.)", "a␁ (2)", "a␁", "($text)", cut, "\u{FFFD}",
            ])
        #expect(imported.tree.json(at: "tree/\u{FFFD}/(empty)") == 9)
        #expect(imported.renamings.map(\.key) == ["", ".", "..", "a\u{1}", "$text", long, "\u{85}", ""])
        #expect(imported.renamings.last?.parent == "tree/\u{FFFD}")
    }

    @Test("Keys inside of an array that stays a value are names too")
    func keysInArrays() throws {
        let imported = try Import(JSONValue(parsing: #"{"a":[1,{"":[{"..":2}]}]}"#))
        #expect(imported.tree.json(at: "tree/a")?.text == #"[1,{"(empty)":[{"(..)":2}]}]"#)
        #expect(imported.renamings.count == 2)
    }

    @Test("What is nested as deep as a path is long is taken, and what is deeper is an error")
    func depth() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: #"{"a":"#, count: levels) + "1" + String(repeating: "}", count: levels)
        }
        let imported = try Import(JSONValue(parsing: nested(127)))
        let deepest = TreePath.root.appending(Array(repeating: "a", count: 127))
        #expect(imported.tree.json(at: deepest) == 1)
        #expect(throws: ImportError.self) { try Import(JSONValue(parsing: nested(128))) }
    }

    @Test("Whatever is imported can be written in patches and read back")
    func roundTrip() throws {
        let document = #"{"x":{"$text":[1],"":{"..":null}},"y":[{"k":"a/b"},{"k":"~"}],"z":[1,{"":2}]}"#
        let imported = try Import(JSONValue(parsing: document))
        let content = try #require(imported.tree.json(at: .root))
        let frame = ClientFrame.patch(Patch(.add(content), "tree/copy"))
        #expect(ClientFrame.decode(frame.encoded()) == [.success(frame)])
    }
}
