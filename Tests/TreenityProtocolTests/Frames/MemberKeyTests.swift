import Testing

@testable import TreenityProtocol

@Suite("The keys of members")
struct MemberKeyTests {
    @Test("Each key is known by its name, and its place is in the table", arguments: MemberKey.allCases)
    func names(_ key: MemberKey) {
        #expect(MemberKey(PackedWord("\(key)")) == key)
        #expect(MemberKey(PackedWord("\(key)x")) == nil)
        #expect(key.rawValue < MemberKey.count)
    }

    @Test("A word is the same however it was come by", arguments: 0...18)
    func words(_ length: Int) throws {
        let text = String("abcdefghijklmnopqr".prefix(length))
        for padding in [0, 1, 7, 8, 20] {
            let bytes = Array((text + "\":" + String(repeating: "x", count: padding)).utf8)
            #expect(PackedWord(bytes.span, 0..<length) == PackedWord(text))
            if let (word, end) = PlainText.word(in: bytes.span, from: 0) {
                #expect(end == length)
                #expect(word == PackedWord(text))
            }
        }
        if length <= 16 { #expect(PackedWord(text).count == length) }
    }
}
