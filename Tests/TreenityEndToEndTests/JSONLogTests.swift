import Foundation
import Logging
import Testing

@testable import treenity

@Suite("A log of JSON objects")
struct JSONLogTests {
    @Test("has a line for each event, with the time in full")
    func line() {
        var handler = JSONLogHandler(label: "treenity.server")
        handler[metadataKey: "session"] = "s1"
        let event = LogEvent(
            level: .warning, message: "a “word”\n", metadata: ["reason": "\u{1B}[2J"], source: "", file: "",
            function: "", line: 0)
        let expected = """
            {"time":"2023-11-14T22:13:20.250Z","level":"warning","label":"treenity.server","message":"a “word”\\n",\
            "reason":"\\u001b[2J","session":"s1"}
            """
        #expect(handler.line(event, at: Date(timeIntervalSince1970: 1_700_000_000.25)) == expected)
    }
}
