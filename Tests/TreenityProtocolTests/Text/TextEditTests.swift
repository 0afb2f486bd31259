import Testing
import TreenityProtocol

@Suite("Text edits")
struct TextEditTests {
    @Test(
        "Steps count Unicode scalar values, and the rest is kept",
        arguments: [
            ("hello", [.keep(5), .insert("!")], "hello!"), ("hello", [.insert("oh, ")], "oh, hello"),
            ("hello", [.keep(1), .delete(3)], "ho"), ("hello", [], "hello"), ("", [.insert("x")], "x"),
            ("a😀b", [.keep(2), .insert("-")], "a😀-b"), ("👩‍💻", [.keep(1), .delete(1)], "👩💻"),
            ("e\u{301}x", [.keep(1), .delete(1)], "ex"), ("ab", [.delete(1), .insert("x"), .delete(1)], "x"),
            ("a\r\nb", [.keep(2), .insert("-")], "a\r-\nb"), ("ab", [.keep(0), .delete(-1), .keep(.min)], "ab"),
        ] as [(String, [TextEdit.Step], String)])
    func applying(_ text: String, _ steps: [TextEdit.Step], _ edited: String) {
        #expect(TextEdit(steps).applied(to: text)?.bytes == edited.bytes)
    }

    @Test(
        "An edit that reaches beyond the text's end does not fit",
        arguments: [[.keep(3)], [.delete(3)], [.keep(2), .delete(1)], [.keep(.max)], [.delete(1), .keep(.max)]]
            as [[TextEdit.Step]])
    func beyondTheEnd(_ steps: [TextEdit.Step]) {
        #expect(TextEdit(steps).applied(to: "ab") == nil)
        #expect(TextEdit(steps).inverted(on: "ab") == nil)
    }

    @Test("An edit is written as it is read")
    func json() throws {
        let edit = TextEdit([.keep(3), .insert("x"), .delete(2)])
        #expect(edit.json.text == #"{"$text":[3,"x",{"d":2}]}"#)
        #expect(TextEdit(edit.json) == edit)
        #expect(TextEdit([:]) == nil)
        #expect(TextEdit("$text") == nil)
        let huge = try JSONValue(parsing: #"{"$text":[9223372036854775807,"",{"d":9223372036854775807}]}"#)
        #expect(TextEdit(huge) == TextEdit([.keep(.max), .insert(""), .delete(.max)]))
        #expect(TextEdit([.keep(0), .delete(-1)]).json.text == #"{"$text":[]}"#)
    }

    @Test("Canonically equivalent inserts are different edits")
    func equivalentInserts() {
        #expect(TextEdit([.insert("é")]) != TextEdit([.insert("e\u{301}")]))
        #expect(TextEdit([.insert("é")]).hashValue != TextEdit([.insert("e\u{301}")]).hashValue)
    }

    @Test(
        "Edits that do the same have one normal form",
        arguments: [
            [.keep(1), .insert("xy"), .delete(2)], [.keep(1), .delete(2), .insert("xy"), .keep(7)],
            [.keep(1), .insert("x"), .delete(1), .keep(0), .insert("y"), .delete(1), .insert("")],
        ] as [[TextEdit.Step]])
    func normalForm(_ steps: [TextEdit.Step]) {
        #expect(TextEdit(steps).normalized == TextEdit([.keep(1), .insert("xy"), .delete(2)]))
    }

    @Test("Of inserts at one place the one admitted later goes right")
    func precedence() {
        let (one, other) = (TextEdit([.keep(1), .insert("x")]), TextEdit([.keep(1), .insert("yy")]))
        #expect(one.transformed(over: other, admitted: .earlier) == TextEdit([.keep(1), .insert("x")]))
        #expect(one.transformed(over: other, admitted: .later) == TextEdit([.keep(3), .insert("x")]))
    }

    @Test("What both remove is removed once, and what one inserts there survives")
    func overlappingDeletes() {
        let (one, other) = (TextEdit([.delete(4)]), TextEdit([.keep(2), .insert("x"), .delete(4)]))
        #expect(one.transformed(over: other, admitted: .later) == TextEdit([.delete(2)]))
        #expect(other.transformed(over: one, admitted: .earlier) == TextEdit([.insert("x"), .delete(2)]))
    }

    @Test("An insert keeps its side of a removed character")
    func sides() {
        let (left, right) = (TextEdit([.insert("x"), .delete(1)]), TextEdit([.delete(1), .insert("x")]))
        let other = TextEdit([.keep(1), .insert("y")])
        #expect(other.transformed(over: left, admitted: .earlier) == TextEdit([.keep(1), .insert("y")]))
        #expect(other.transformed(over: right, admitted: .earlier) == TextEdit([.insert("y")]))
    }

    @Test(
        "The difference is what lies between the common start and end",
        arguments: [
            ("abc", "abc", []), ("aa", "aaa", [.keep(2), .insert("a")]), ("aaa", "aa", [.keep(2), .delete(1)]),
            ("é", "è", [.insert("è"), .delete(1)]), ("\u{800}", "\u{C00}", [.insert("\u{C00}"), .delete(1)]),
            ("xéz", "xe\u{301}z", [.keep(1), .insert("e\u{301}"), .delete(1)]), ("", "x", [.insert("x")]),
            ("\u{E9}", "\u{129}", [.insert("\u{129}"), .delete(1)]),
        ] as [(String, String, [TextEdit.Step])])
    func difference(_ old: String, _ new: String, _ steps: [TextEdit.Step]) {
        #expect(TextEdit.between(old, new) == TextEdit(steps))
    }

    @Test("A cursor goes with the text around it, and to where its own was removed")
    func positions() {
        let edit = TextEdit([.keep(2), .insert("😀y"), .delete(3)])
        #expect([0, 1, 2, 3, 5, 6].map { edit.position($0, gravity: .left) } == [0, 1, 2, 4, 4, 5])
        #expect(edit.position(2, gravity: .right) == 4)
        #expect(edit.position(-3, gravity: .left) == 0)
        #expect(edit.position(.max, gravity: .left) == .max - 1)
    }
}
