import Testing
import TreenityProtocol

@testable import TreenityUI

@Suite("Typing text")
struct TextFieldTests {
    /// The text with `|` at the cursor, after these keys.
    private static func after(_ keys: [Key], in text: String, hasLines: Bool = false) -> String {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        var field = TextField(parts.joined(), hasLines: hasLines)
        field.move(to: parts[0].count)
        for key in keys {
            let isKnown = field.press(key)
            #expect(isKnown, "\(key) means nothing")
        }
        return field.beforeCursor + "|" + field.afterCursor
    }

    private static func press(_ key: Key, in field: inout TextField) -> String {
        _ = field.press(key)
        return field.text
    }

    static let moves: [(String, Key, String)] = [
        ("one two|", .wordLeft, "one |two"), ("one |two", .wordLeft, "|one two"), ("|one two", .wordRight, "one| two"),
        ("a.b-c|", .alt("b"), "a.b-|c"), ("|  a_1 b", .alt("f"), "  a_1| b"), ("日本 語|", .wordLeft, "日本 |語"),
        ("ab|c", .home, "|abc"), ("a|bc", .control("e"), "abc|"), ("|", .wordLeft, "|"), ("|", .wordRight, "|"),
        ("👨‍👩‍👧|é", .left, "|👨‍👩‍👧é"), ("|e\u{301}x", .right, "e\u{301}|x"),
    ]

    @Test("keys move by characters and by words", arguments: moves)
    func motion(before: String, key: Key, after: String) {
        #expect(Self.after([key], in: before) == after)
    }

    static let kills: [(String, [Key], String)] = [
        ("one two|", [.control("w")], "one |"), ("a/b c/d|", [.control("w")], "a/b |"),
        ("a/b c/d|", [.wordBackspace], "a/b c/|"), ("one| two", [.alt("d")], "one|"),
        ("one |two", [.control("k")], "one |"), ("one |two", [.control("u")], "|two"),
        ("one two|", [.control("w"), .control("y"), .control("y")], "one twotwo|"),
        ("one two|", [.control("w"), .control("w"), .control("y")], "one two|"),
        ("a |b c", [.control("k"), .control("u"), .control("y")], "a b c|"),
        ("one two|", [.control("w"), .left, .control("w"), .end, .control("y"), .alt("y")], " two|"),
        ("|", [.control("y"), .alt("y"), .control("w"), .control("k")], "|"),
    ]

    @Test("what is killed can be yanked; kills in a row are one", arguments: kills)
    func kill(before: String, keys: [Key], after: String) {
        #expect(Self.after(keys, in: before) == after)
    }

    @Test(
        "^T exchanges two characters, at the end the last two",
        arguments: [
            ("ab|cd", "acb|d"), ("abcd|", "abdc|"), ("|ab", "|ab"), ("a|", "a|"), ("é日|", "日é|"),
        ])
    func transpose(before: String, after: String) {
        #expect(Self.after([.control("t")], in: before) == after)
    }

    @Test("undo takes back by words, and redo brings back")
    func undo() {
        var field = TextField()
        for character in "one two" { _ = field.press(.character(character)) }
        #expect(Self.press(.control("_"), in: &field) == "one")
        #expect(Self.press(.control("z"), in: &field) == "")
        #expect(Self.press(.control("z"), in: &field) == "")
        #expect(Self.press(.control("^"), in: &field) == "one")
        #expect(Self.press(.control("^"), in: &field) == "one two")
        #expect(field.cursor == 7)
        _ = field.press(.control("u"))
        #expect(Self.press(.control("_"), in: &field) == "one two")
        _ = field.press(.character("!"))
        _ = field.press(.control("^"))
        #expect(field.text == "one two!", "typing makes an end of redoing")
    }

    @Test("in many lines, keys work on the line, and ^K at its end joins the next one")
    func lines() {
        #expect(Self.after([.home], in: "one\ntwo|", hasLines: true) == "one\n|two")
        #expect(Self.after([.control("u")], in: "one\ntwo|", hasLines: true) == "one\n|")
        #expect(Self.after([.control("k")], in: "o|ne\ntwo", hasLines: true) == "o|\ntwo")
        #expect(Self.after([.control("k")], in: "one|\ntwo", hasLines: true) == "one|two")
        #expect(Self.after([.delete], in: "one|\r\ntwo", hasLines: true) == "one|two")
    }

    @Test("a line has no line breaks, many lines keep them")
    func lineBreaks() {
        var line = TextField("a\nb")
        line.insert("\r\nc")
        #expect(line.text == "a b c")
        var page = TextField("a\r\nb", hasLines: true)
        page.insert("\nc")
        #expect(page.text.utf8.elementsEqual("a\r\nb\nc".utf8))
    }

    @Test("what is typed joins its neighbours as a reader sees it")
    func graphemes() {
        var field = TextField("e")
        _ = field.press(.character("\u{301}"))
        #expect(field.characters.count == 1 && field.cursor == 1)
        // A flag in two halves, before another one.
        field = TextField("🇫🇷🇩🇪x")
        field.move(to: 0)
        _ = field.press(.character("🇧"))
        #expect(field.characters == Array("🇧🇫🇷🇩🇪x"))
        _ = field.press(.control("_"))
        #expect(field.characters == Array("🇫🇷🇩🇪x"))
    }

    @Test(
        "any keys leave the same characters as the text read anew, and what was made leads from the old text to the new"
    )
    func anyKeys() throws {
        let keys: [Key] = [
            .character("a"), .character(" "), .character("\u{301}"), .character("🇩"), .character("\u{200D}"),
            .character("👧"), .character("한"), .backspace, .delete, .left, .right, .wordLeft, .wordRight, .home,
            .control("k"), .control("w"), .control("y"), .alt("y"), .control("t"), .control("_"), .control("^"),
        ]
        var state: UInt64 = 7
        for _ in 0..<200 {
            let start = "héllo 👨‍👩‍👧 🇫🇷\r\nworld"
            var field = TextField(start, hasLines: true)
            for _ in 0..<60 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                _ = field.press(keys[Int(state >> 33) % keys.count])
                #expect(field.characters == Array(field.text))
                #expect((0...field.characters.count).contains(field.cursor))
            }
            let made = try #require(field.made.applied(to: start))
            #expect(made.unicodeScalars.elementsEqual(field.text.unicodeScalars))
            while field.undo() {}
            #expect(field.text.unicodeScalars.elementsEqual(start.unicodeScalars))
        }
    }

    @Test(
        "what others edit comes in around what is typed; the cursor stays where it belongs, and undo takes back only one's own"
    )
    func others() {
        var field = TextField("the cat sat", hasLines: true)
        field.move(to: 7)
        for character in "ty" { _ = field.press(.character(character)) }
        field.receive(TextEdit([.insert("See "), .keep(8), .insert("big ")]))
        #expect(field.beforeCursor == "See the catty")
        #expect(field.text == "See the catty big sat")
        _ = field.undo()
        #expect(field.text == "See the cat big sat")
        #expect(field.beforeCursor == "See the cat")
        field.receive(TextEdit([.keep(7), .delete(4)]))
        #expect(field.text == "See the big sat")
        #expect(field.beforeCursor == "See the")
    }
}
