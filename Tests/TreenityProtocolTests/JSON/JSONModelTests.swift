import Testing
import TreenityProtocol
import TreenityTesting

@Suite("Random JSON")
struct JSONModelTests {
    @Test("However a value is written, its canonical text is found", arguments: 0..<8 as Range<UInt64>)
    func canonicalText(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Fuzz.rounds(100) {
            let json = RandomJSON(depth: 3, using: &generator)
            let value = try JSONValue(parsing: " " + json.written + "\n")
            #expect(value.text == json.canonical, "\(json.written)")
            #expect(try JSONValue(parsing: json.canonical) == value)
        }
    }

    @Test("Text that is cut off is refused, but for numbers", arguments: 0..<4 as Range<UInt64>)
    func truncated(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Fuzz.rounds(5) {
            let bytes = Array(RandomJSON.object(depth: 1, using: &generator).written.utf8)
            for length in 0..<bytes.count {
                #expect(throws: JSONError.self) { try JSONValue(parsing: Array(bytes[..<length])) }
            }
        }
    }

    @Test("A string is written so that it is read again", arguments: 0..<4 as Range<UInt64>)
    func strings(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Fuzz.rounds(500) {
            let text = String.random(using: &generator)
            let value = JSONValue.string(text)
            #expect(value.text == RandomJSON.string(text, using: &generator).canonical)
            #expect(try JSONValue(parsing: value.text).string?.utf8.elementsEqual(text.utf8) == true)
        }
    }

    @Test("A string is found, and put behind, as by taking an object apart", arguments: 0..<4 as Range<UInt64>)
    func stringMembers(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Fuzz.rounds(200) {
            let members = (0..<Int.random(in: 0...4, using: &generator)).map { number in
                JSONValue.Member(key: "k\(number)", value: .string(.random(using: &generator)))
            }
            let text = String.random(using: &generator)
            let object = JSONValue.object(members).appending("text", text)
            #expect(object == JSONValue.object(members).setting("text", to: .string(text)))
            #expect(object.stringMember("text")?.utf8.elementsEqual(text.utf8) == true)
            #expect(object.stringMember("k0") == object["k0"]?.string)
        }
    }

    @Test("Equivalent texts of one length are two, unless their bytes are the same")
    func equivalence() {
        #expect("a\u{323}\u{307}" == "a\u{307}\u{323}")
        #expect(JSONValue.string("a\u{323}\u{307}") != JSONValue.string("a\u{307}\u{323}"))
        #expect(JSONValue.string("K") != JSONValue.string("\u{212A}"))
        #expect(JSONValue.string("plain text of some length") == JSONValue.string("plain text of some length"))
    }

    @Test("A byte that a string may not hold is found at every place", arguments: 0..<33)
    func places(_ place: Int) throws {
        for byte in [0x00, 0x0A, 0x1F, 0x80, 0xC2, 0xED, 0xFF] as [UInt8] {
            var bytes = Array(("\"" + String(repeating: "a", count: 33) + "\"").utf8)
            #expect(throws: Never.self) { try JSONValue(parsing: bytes) }
            bytes[place + 1] = byte
            #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
        }
        let text = String(repeating: "a", count: place) + "\u{7F}\u{80}é\"\\\u{1}" + String(repeating: "b", count: 9)
        #expect(try JSONValue(parsing: JSONValue.string(text).text).string == text)
    }

    @Test("A number ends where its digits do, at every length", arguments: 1...20)
    func integers(_ length: Int) throws {
        for last in "09" {
            let text = "1" + String(repeating: "2", count: length - 1).dropLast() + (length > 1 ? String(last) : "")
            #expect(try JSONValue(parsing: text).integer == Int64(text))
            for wrong in ["/", ":", "x", "\"", ".", "e", "\u{0}"] {
                #expect(throws: JSONError.self) { try JSONValue(parsing: text + wrong) }
                #expect(throws: JSONError.self) { try JSONValue(parsing: "[\(text)\(wrong)]") }
            }
        }
    }
}
