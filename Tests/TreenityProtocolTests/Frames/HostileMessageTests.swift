import Testing
import TreenityProtocol
import TreenityTesting

@Suite("Hostile messages")
struct HostileMessageTests {
    @Test(
        "Nesting without end is refused, wherever it stands", arguments: [100, 511, 512, 513, 514, 100_000],
        ["[", "{\"a\":", "[{\"patches\":", "{\"nodes\":["])
    func depth(_ depth: Int, _ open: String) {
        let nested = String(repeating: open, count: depth)
        let places = [
            nested, #"{"operation":"ADD","path":"/a","value":\#(nested)"#, #"{"meta":\#(nested)"#, "{\"x\":\(nested)",
            #"{"type":"BATCH","patches":\#(nested)"#, #"{"type":"SNAPSHOT","nodes":\#(nested)"#, "[{\"a\":\(nested)",
        ]
        for text in places {
            #expect(throws: FrameError.self) { try decodeOne(text) }
            #expect(throws: FrameError.self) { try ServerFrame.decode(Array(text.utf8)) }
        }
    }

    @Test("What is carried may be nested to the limit, and no deeper")
    func limit() throws {
        func patch(_ depth: Int) -> String {
            let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            return #"{"operation":"ADD","path":"/a","value":\#(value)}"#
        }
        let limit = JSONValue.maximumDepth
        #expect(throws: Never.self) { try decodePatch(patch(limit)) }
        #expect(throws: FrameError.self) { try decodePatch(patch(limit + 1)) }
        // The array and the object that hold it count here.
        #expect(throws: Never.self) { try decodePatch("[" + patch(limit - 2) + "]") }
        #expect(throws: FrameError.self) { try decodePatch("[" + patch(limit - 1) + "]") }
    }

    @Test(
        "A string of ten megabytes is carried as it is, with or without escapes",
        arguments: ["x", "é", "\\n", "\\u0041"])
    func longStrings(_ unit: String) throws {
        let count = 10_000_000 / unit.utf8.count
        let text = String(repeating: unit, count: count)
        let patch = try decodePatch(#"{"operation":"ADD","path":"/a","value":"\#(text)"}"#)
        guard case .add(let value) = patch.operation else { return }
        #expect(value.string?.unicodeScalars.count == count)
        let long = String(repeating: unit, count: 50_000)
        #expect(throws: FrameError.self) { try decodePatch(#"{"operation":"DELETE","path":"/\#(long)"}"#) }
        #expect(throws: FrameError.self) { try decodePatch(#"{"operation":"\#(long)","path":"/a"}"#) }
        #expect(throws: FrameError.self) { try decodePatch(#"{"operation":"DELETE","path":"/a","id":"\#(long)"}"#) }
    }

    @Test("Ten thousand keys, each of them twice, are read in linear time")
    func manyKeys() throws {
        let keys = (0..<10_000).map { "\"k\($0)\":1" } + (0..<10_000).map { "\"k\($0)\":2" }
        let patch = try decodePatch(#"{"operation":"ADD","path":"/a","value":{\#(keys.joined(separator: ","))}}"#)
        guard case .add(let value) = patch.operation else { return }
        #expect(value.members?.count == 10_000)
        #expect(value.members?.allSatisfy { $0.value == 2 } == true)
    }

    @Test("A key with a NUL before or after it is another key")
    func nulInKeys() throws {
        let text = #"{"operation":"DELETE","path":"/a","\u0000path":"/b","path\u0000":"/c","\u0000\u0000id":5}"#
        #expect(try decodePatch(text) == Patch(.delete, "tree/a"))
        #expect(throws: FrameError.self) { try decodePatch(#"{"operation":"\u0000DELETE","path":"/a"}"#) }
    }

    @Test("Every number of 64 bits is read, and nothing that only looks like one")
    func integers() throws {
        func timestamp(_ text: String) throws -> Int64? {
            try decodePatch(#"{"operation":"DELETE","path":"/a","timestamp":\#(text)}"#).timestamp?.milliseconds
        }
        var generator = SeededGenerator(seed: 1)
        for shift in 0..<64 as Range<Int64> {
            let integer = Int64.random(in: .min ... .max, using: &generator) >> shift
            #expect(try timestamp(String(integer)) == integer)
        }
        for integer in [Int64.min, .max, 0, 999_999_999_999_999_999, -99_999_999_999_999_999] {
            #expect(try timestamp(String(integer)) == integer)
        }
        for text in [
            "9223372036854775808", "-9223372036854775809", "-0", "1.0", "1E+2", "1e400", "01", "\"1\"", "1-", "[1]",
        ] {
            #expect(throws: FrameError.self) { try timestamp(text) }
        }
    }
}
