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
        ] as [(String, [TextEdit.Step], String)])
    func applying(_ text: String, _ steps: [TextEdit.Step], _ edited: String) {
        #expect(TextEdit(steps).applied(to: text)?.unicodeScalars.elementsEqual(edited.unicodeScalars) == true)
    }

    @Test(
        "An edit that reaches beyond the text's end does not fit",
        arguments: [[.keep(3)], [.delete(3)], [.keep(2), .delete(1)], [.keep(.max)], [.delete(1), .keep(.max)]]
            as [[TextEdit.Step]])
    func beyondTheEnd(_ steps: [TextEdit.Step]) {
        #expect(TextEdit(steps).applied(to: "ab") == nil)
    }

    @Test("An edit is written as it is read")
    func json() {
        let edit = TextEdit([.keep(3), .insert("x"), .delete(2)])
        #expect(edit.json.text == #"{"$text":[3,"x",{"d":2}]}"#)
        #expect(TextEdit(edit.json) == edit)
        #expect(TextEdit([:]) == nil)
        #expect(TextEdit("$text") == nil)
    }
}
