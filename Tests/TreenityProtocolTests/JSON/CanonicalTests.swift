import Testing

@testable import TreenityProtocol

@Suite struct CanonicalTests {
    private func end(_ text: String) -> Int? { JSONValue.endOfCanonical(in: Array("\(text)\n9".utf8), from: 0) }

    @Test(
        "A canonical value is found to end where it does",
        arguments: [
            "1", "-9223372036854775808", "1e-07", "true", "null", "\"\"", "\"\u{E9}\\n\\\"\"", "\"\\u0000\"", "[]",
            "{}",
            "[1,{\"a\":\"\\u001f\"}]",
        ])
    func canonical(text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
        #expect(end(text) == text.utf8.count)
    }

    @Test(
        "A value that canonical text spells differently, or none, has no end",
        arguments: [
            "", " 1", "01", "1.50", "1e7", "tru", "\"a", "\"\\/\"", "\"\\u0041\"", "[1, 2]", "[1", "{\"a\":1,\"a\":2}",
        ])
    func other(text: String) {
        #expect(end(text) == nil)
    }
}
