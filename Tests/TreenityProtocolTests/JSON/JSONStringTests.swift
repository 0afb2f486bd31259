import Testing
import TreenityProtocol

@Suite("JSON strings")
struct JSONStringTests {
    @Test(
        "Escapes get their shortest spelling",
        arguments: [
            (#""a\/b""#, #""a/b""#), (#""\u0041""#, #""A""#), (#""\u00e9""#, "\"é\""), (#""\u000a\u0009""#, #""\n\t""#),
            (#""\u0008\u000C\u000d""#, #""\b\f\r""#), (#""\u001F""#, #""\u001f""#), (#""\u0022\u005c""#, #""\"\\""#),
            (#""\u007f\u0080""#, "\"\u{7F}\u{80}\""), (#""\ud83d\ude00""#, "\"😀\""),
            (#""\uDBFF\uDFFF""#, "\"\u{10FFFF}\""),
            (#""\n\t\b\f\r\"\\""#, #""\n\t\b\f\r\"\\""#), (#""\u2028""#, "\"\u{2028}\""),
        ])
    func escapesAreCanonical(_ written: String, _ canonical: String) throws {
        let value = try JSONValue(parsing: written)
        #expect(value.text == canonical)
        #expect(value == .string(try #require(value.string)))
    }

    @Test("Every character below 128 survives being written and read")
    func controlCharactersRoundTrip() throws {
        for byte in UInt8(0)..<128 {
            let text = "a" + String(Unicode.Scalar(byte)) + "b"
            #expect(try JSONValue(parsing: JSONValue.string(text).text).string == text)
        }
    }

    @Test(
        "A lone surrogate is refused",
        arguments: [
            #""\ud800""#, #""\udfff""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\ud800""#, #""\udc00\ud800""#,
            #""\ud83d\u0041""#, #""\ud83d\""#, #""\ud83d\u""#, #""\ud83d\ude0""#,
        ])
    func loneSurrogatesAreRefused(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: "{\(text):1}") }
    }

    @Test(
        "A malformed string is refused",
        arguments: [
            #"""#, #""a"#, #""\"#, #""\""#, #""\x41""#, #""\u12""#, #""\u12g4""#, #""\u+123""#, "\"a\nb\"", "\"\u{0}\"",
            "\"\u{1F}\"", "'a'", #""\u１２３４""#,
        ])
    func malformedStringsAreRefused(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xE1, 0x80], [0xE1, 0x80, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF1, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE],
            [0xFF], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func invalidUTF8IsRefused(_ bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22] + bytes) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x7B, 0x22] + bytes + [0x22, 0x3A, 0x31, 0x7D]) }
    }

    @Test(
        "The first and last characters of every length of UTF-8 are taken",
        arguments: ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"])
    func boundariesOfUTF8(_ text: String) throws {
        #expect(try JSONValue(parsing: "\"\(text)\"").string == text)
    }

    @Test("Strings in different normalization forms are different values")
    func normalizationFormsDiffer() throws {
        let composed = JSONValue.string("\u{E9}")
        let decomposed = JSONValue.string("e\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        let object = JSONValue.object([
            JSONValue.Member(key: "\u{E9}", value: 1), JSONValue.Member(key: "e\u{301}", value: 2),
        ])
        #expect(object.members?.count == 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
        #expect(try JSONValue(parsing: object.text) == object)
    }

    @Test("A string of ten megabytes is kept as it is")
    func longString() throws {
        let text = String(repeating: "0123456789abcde\n", count: 655_360)
        let value = JSONValue.string(text)
        #expect(try JSONValue(parsing: value.text).string?.utf8.count == text.utf8.count)
    }
}
