import Testing

@testable import TreenityUI

@Suite("Regular expressions")
struct RegularExpressionTests {
    @Test(
        "match what they say",
        arguments: [
            ("a.c", "xabcx", true), ("a.c", "ac", false), ("^a", "ba", false), ("a$", "ba", true), ("^$", "", true),
            ("[a-c]+z", "bcaz", true), ("[^a-c]z", "az", false), ("\\d{3}", "12", false), ("\\d{3}", "a123", true),
            ("(foo|ba(r|z))!", "baz!", true), ("colou?r", "color", true), ("x{2,3}y", "xy", false),
            ("x{2,3}y", "xxxxy", true), ("\\bcat\\b", "concat", false), ("\\bcat\\b", "a cat.", true),
            ("\\w+@\\w+\\.com", "ann@example.com", true), ("日.*語", "日本語", true), ("[]]", "]", true),
            ("a{,2}", "a{,2}", true),
            ("(a*)*b", "aaab", true), ("(?:ab)+c", "ababc", true), ("\\.", "a", false), ("[\\d-]+$", "1-2", true),
            ("a|", "b", true), ("\\Bx", "ax", true), ("\\S", " ", false),
        ])
    func matches(_ pattern: String, _ text: String, _ expected: Bool) throws {
        #expect(try RegularExpression(pattern).matches(text) == expected)
    }

    @Test("ignore capitals where they are told to, in classes too")
    func ignoresCase() throws {
        #expect(try RegularExpression("STRASSE|[m-o]É", ignoresCase: true).matches("Né"))
        #expect(try !RegularExpression("[^a]", ignoresCase: true).matches("A"))
        #expect(try !Pattern("/Camp").matches("camp"))
        #expect(try Pattern("/\\Scamp/").matches("xCAMP"))
    }

    @Test(
        "say what is wrong with a pattern, and where",
        arguments: [
            ("a(b", "“(” without “)” at character 2"), ("ab)", "“)” without “(” at character 3"),
            ("x[a", "“[” without “]” at character 2"), ("*a", "nothing to repeat before “*” at character 1"),
            ("a\\", "nothing after “\\” at character 2"), ("[z-a]", "“z-a” is no range at character 2"),
            ("a{3,2}", "the repetition ends before it begins at character 7"),
            ("a{2", "“{” without “}” at character 2"), ("\\q", "“\\q” has no meaning at character 1"),
            ("a{9999}", "a repetition of more than 1000 times at character 8"),
            ("((a{1000}){1000}){1000}", "the pattern is too large: its repetitions multiply at character 1"),
        ])
    func errors(_ pattern: String, _ message: String) {
        #expect(throws: (any Error).self) { try RegularExpression(pattern) }
        do {
            _ = try RegularExpression(pattern)
        } catch {
            #expect(error.description == message)
        }
    }

    @Test("find the leftmost match, the longest where they are greedy, the shortest where not")
    func ranges() throws {
        func found(_ pattern: String, _ text: String) throws -> [String] {
            try RegularExpression(pattern).ranges(in: text).map { String(text[$0]) }
        }
        #expect(try found("a+", "baaac aa") == ["aaa", "aa"])
        #expect(try found("a+?", "aaa") == ["a", "a", "a"])
        #expect(try found("<.*?>", "<a><b>") == ["<a>", "<b>"])
        #expect(try found("<.*>", "<a><b>") == ["<a><b>"])
        #expect(try found("foo|foobar", "foobar") == ["foo"])
        #expect(try found("x*", "abc") == [])
        #expect(try found("本", "日本語") == ["本"])
    }

    @Test("take linear time where others take for ever")
    func linear() throws {
        let text = String(repeating: "a", count: 20_000)
        let clock = ContinuousClock()
        let evil = try RegularExpression("(a*)*(a|aa)*$b")
        let counted = try RegularExpression("(a?){50}a{50}c")
        let time = clock.measure {
            #expect(!evil.matches(text))
            #expect(!counted.matches(String(text.prefix(500))))
        }
        #expect(time < .seconds(30))
    }
}
