import Testing
import TreenityProtocol

@Suite("JSON numbers")
struct JSONNumberTests {
    @Test(
        "An integer of 64 bits survives exactly",
        arguments: [.min, .min + 1, -9_007_199_254_740_993, -1, 0, 1, 9_007_199_254_740_993, .max - 1, .max] as [Int64])
    func integersAreExact(_ integer: Int64) throws {
        let value = try JSONValue(parsing: String(integer))
        #expect(value.integer == integer)
        #expect(value.kind == .integer)
        #expect(value.text == String(integer))
        #expect(value == .integer(integer))
    }

    @Test(
        "A number that is no integer of 64 bits is spelled as the shortest text of its double",
        arguments: [
            ("1.0", "1.0"), ("1.50", "1.5"), ("0.1", "0.1"), ("0.10000000000000000555", "0.1"), ("1e2", "100.0"),
            ("1E+2", "100.0"), ("1e-2", "0.01"), ("-0", "-0.0"), ("-0.0", "-0.0"), ("1e22", "1e+22"),
            ("9223372036854775808", "9.223372036854776e+18"), ("-9223372036854775809", "-9.223372036854776e+18"),
            ("4.9e-324", "5e-324"), ("1e-400", "0.0"), ("1.7976931348623157e308", "1.7976931348623157e+308"),
            ("2.2250738585072014e-308", "2.2250738585072014e-308"), ("123456789012345678901", "1.2345678901234568e+20"),
        ])
    func doublesAreShortest(_ written: String, _ canonical: String) throws {
        let value = try JSONValue(parsing: written)
        #expect(value.text == canonical)
        #expect(value.integer == nil)
        #expect(value.kind == .number)
        #expect(value.double == Double(written))
        #expect(try JSONValue(parsing: canonical).text == canonical)
    }

    @Test("Minus zero keeps its sign")
    func minusZero() throws {
        #expect(try JSONValue(parsing: "-0").double?.sign == .minus)
        #expect(JSONValue.number(-0.0)?.text == "-0.0")
        #expect(try JSONValue(parsing: "0").integer == 0)
    }

    @Test(
        "A number beyond a double is refused",
        arguments: ["1e309", "-1e309", "1.8e308", "1" + String(repeating: "0", count: 400)])
    func overflowIsRefused(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: "{\"a\":[\(text)]}") }
    }

    @Test(
        "What the grammar of numbers does not allow is refused",
        arguments: [
            "01", "-01", "00", "-", "+1", ".5", "5.", "1.e1", "1e", "1e+", "0x10", "1_000", "NaN", "Infinity",
            "-Infinity", "1 2", "１",
        ])
    func malformedNumbersAreRefused(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    @Test("Infinities and NaN have no JSON")
    func nonFiniteDoubles() {
        #expect(JSONValue.number(.infinity) == nil)
        #expect(JSONValue.number(-.infinity) == nil)
        #expect(JSONValue.number(.nan) == nil)
    }
}
