import Testing
import TreenityProtocol

@Suite("Names")
struct NameTests {
    @Test(
        "A name is 1 to 255 bytes without control characters, and neither of the dots",
        arguments: [
            ("a", true), ("", false), (".", false), ("..", false), ("...", true), (".a", true), (" ", true),
            ("a/b", true),
            ("a~b", true), ("$text", true), ("\u{0}", false), ("a\u{1F}", false), ("\u{7F}", false), ("\u{80}", false),
            ("\u{85}", false), ("\u{9F}", false), ("\u{A0}", true), ("\u{202E}", true), ("日本", true),
            (String(repeating: "a", count: 255), true), (String(repeating: "a", count: 256), false),
            (String(repeating: "é", count: 127), true), (String(repeating: "é", count: 128), false),
        ])
    func validity(_ text: String, _ isValid: Bool) {
        #expect(Name.isValid(text) == isValid)
        #expect(((try? Name(text)) != nil) == isValid)
    }

    @Test(
        "A slash and a tilde are escaped, also before a mark that combines with them",
        arguments: [
            ("a", "a"), ("a/b", "a~1b"), ("~", "~0"), ("~1", "~01"), ("/~/", "~1~0~1"), ("/\u{301}", "~1\u{301}"),
            ("~\u{301}x", "~0\u{301}x"), ("\u{600}/", "\u{600}~1"), ("👩‍💻/", "👩‍💻~1"),
        ])
    func escaping(_ text: String, _ escaped: String) throws {
        let name = try Name(text)
        #expect(name.escaped.unicodeScalars.elementsEqual(escaped.unicodeScalars))
        #expect(TreePath.root.appending(name).names == [name])
        #expect(TreePath.root.appending(name).name == name)
        #expect(TreePath.root.appending(name).depth == 1)
        #expect(try TreePath(parsing: "tree/" + escaped).names == [name])
    }

    @Test("Names are compared byte for byte")
    func bytewise() {
        let composed: Name = "\u{E9}"
        let decomposed: Name = "e\u{301}"
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(decomposed < composed)
        #expect(("Z" as Name) < ("a" as Name))
    }

    @Test(
        "What is wrong with a name is said",
        arguments: [
            ("", "a name is empty"), (".", "“.” cannot be a name"), ("\u{1}", "a name holds a control character"),
            (String(repeating: "a", count: 256), "a name is longer than 255 bytes"),
        ])
    func complaints(_ text: String, _ complaint: String) {
        let error = #expect(throws: PathError.self) { try Name(text) }
        #expect(error?.description == complaint)
    }
}
