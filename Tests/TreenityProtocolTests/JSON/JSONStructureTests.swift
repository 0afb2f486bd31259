import Testing
import TreenityProtocol

@Suite("JSON arrays and objects")
struct JSONStructureTests {
    @Test(
        "Of duplicate keys the last wins, at the place of the first",
        arguments: [
            (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#), (#"{"a":1,"\u0061":2}"#, #"{"a":2}"#),
            (#"{"\u0061":1,"a":2}"#, #"{"a":2}"#), (#"{"a\/b":1,"a/b":2}"#, #"{"a/b":2}"#),
            (#"{"x":{"a":1,"a":2}}"#, #"{"x":{"a":2}}"#), (#"[{"a":1,"a":2}]"#, #"[{"a":2}]"#),
            (#"{"a":{"b":1},"a":{"c":2}}"#, #"{"a":{"c":2}}"#), (#"{"":1,"":2}"#, #"{"":2}"#),
            (#"{"\n":1,"\u000a":2}"#, #"{"\n":2}"#), (#"{"😀":1,"\ud83d\ude00":2}"#, #"{"😀":2}"#),
        ])
    func lastDuplicateWins(_ written: String, _ canonical: String) throws {
        #expect(try JSONValue(parsing: written).text == canonical)
    }

    @Test("A duplicate among many keys is noticed", arguments: [2, 16, 17, 18, 19, 40])
    func duplicateAmongMany(_ count: Int) throws {
        let keys = (0..<count).map { "\"k\($0)\":\($0)" }
        for duplicate in 0..<count {
            let text = "{" + (keys + ["\"k\(duplicate)\":-1"]).joined(separator: ",") + "}"
            let value = try JSONValue(parsing: text)
            #expect(value.members?.count == count)
            #expect(value["k\(duplicate)"] == -1)
        }
    }

    @Test("An object of very many members is built without its text being copied for each", .timeLimit(.minutes(5)))
    func manyMembers() {
        let count = 200_000
        let value = JSONValue.object((0..<count).map { JSONValue.Member(key: "\($0)", value: .null) })
        // Braces, the digits, and for each member quotes, a colon, null and a comma, but for the last.
        let digits = 10 + 90 * 2 + 900 * 3 + 9_000 * 4 + 90_000 * 5 + 100_000 * 6
        #expect(value.text.utf8.count == 2 + digits + count * 8 - 1)
    }

    @Test("Building an object keeps the last of equal keys, and setting a member replaces it")
    func building() {
        let members = [("a", 1), ("b", 2), ("a", 3)].map { JSONValue.Member(key: $0.0, value: .integer($0.1)) }
        #expect(JSONValue.object(members).text == #"{"a":3,"b":2}"#)
        #expect((["a": 1] as JSONValue).setting("a", to: 2).text == #"{"a":2}"#)
        #expect((["a": 1] as JSONValue).setting("b", to: 2).text == #"{"a":1,"b":2}"#)
        #expect(JSONValue.null.setting("b", to: true).text == #"{"b":true}"#)
    }

    @Test(
        "White space is not kept",
        arguments: [
            (" 1 ", "1"), ("\t[ 1 ,\r\n2 ] ", "[1,2]"), ("{ \"a\" : { } , \"b\" : [ ] }", #"{"a":{},"b":[]}"#),
            ("[\n]", "[]"), ("{\n}", "{}"), (" \" a \" ", "\" a \""), ("{\"a\":\n1.50}", #"{"a":1.5}"#),
        ])
    func whiteSpaceIsDropped(_ written: String, _ canonical: String) throws {
        #expect(try JSONValue(parsing: written).text == canonical)
    }

    @Test("Nesting to the limit is taken, one level more is refused", arguments: [("[", "]"), ("{\"a\":", "}")])
    func depthLimit(_ open: String, _ close: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        let limit = JSONValue.maximumDepth
        #expect(try JSONValue(parsing: nested(limit)).text == nested(limit))
        #expect(try JSONValue(parsing: " " + nested(limit).replacing("1", with: " 1.50 ")).text.count > limit)
        #expect(throws: JSONError.self) { try JSONValue(parsing: nested(limit + 1)) }
    }

    @Test("Siblings do not count as depth")
    func siblingsAreNoDepth() throws {
        let text = "[" + Array(repeating: "[],{}", count: 2_000).joined(separator: ",") + "]"
        #expect(try JSONValue(parsing: text).elements?.count == 4_000)
    }

    @Test(
        "What the grammar does not allow is refused",
        arguments: [
            "", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
            "{,}", "{a:1}", "{1:1}", "{\"a\":1 \"b\":2}", "[1}", "{\"a\":1]", "tru", "True", "nul", "nulll", "true1",
            "1,", "1]", "{} {}", "//", "/* */ 1", "\u{FEFF}1", "\u{A0}1", "\u{0B}1",
        ])
    func malformedTextIsRefused(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    @Test("An error says where")
    func errorsSayWhere() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "[1,2,x]") }
        #expect(error?.offset == 5)
        #expect(error?.description == "a value that is none of JSON's at byte 5")
    }

    @Test(
        "Each kind of value knows itself, and gives its parts and no others",
        arguments: [
            ("null", .null), ("true", .boolean), ("false", .boolean), ("1", .integer), ("1.5", .number),
            ("\"1\"", .string), ("[1]", .array), ("{\"a\":1}", .object),
        ] as [(String, JSONValue.Kind)])
    func kinds(_ text: String, _ kind: JSONValue.Kind) throws {
        let value = try JSONValue(parsing: text)
        #expect(value.kind == kind)
        #expect((value.boolean != nil) == (kind == .boolean))
        #expect((value.integer != nil) == (kind == .integer))
        #expect((value.double != nil) == (kind == .integer || kind == .number))
        #expect((value.string != nil) == (kind == .string))
        #expect((value.elements != nil) == (kind == .array))
        #expect((value.members != nil) == (kind == .object))
        #expect(value.isObject == (kind == .object))
    }

    @Test("Literals build values")
    func literals() {
        let value: JSONValue = ["s": "x", "i": -1, "b": true, "a": [1, "2", []], "o": [:]]
        #expect(value.text == #"{"s":"x","i":-1,"b":true,"a":[1,"2",[]],"o":{}}"#)
    }

    @Test("Brackets and escaped quotes inside of strings do not end what holds them")
    func bracketsInStrings() throws {
        let text = #"{"a":["]","}","\"]","\\"],"b}":"{"}"#
        let value = try JSONValue(parsing: text)
        #expect(value.text == text)
        #expect(value["a"]?.elements?.map(\.string) == ["]", "}", "\"]", "\\"])
        #expect(value["b}"]?.string == "{")
    }
}
