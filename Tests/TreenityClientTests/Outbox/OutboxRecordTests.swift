import Testing
import TreenityProtocol

@testable import TreenityClient

@Suite("A line of an outbox")
struct OutboxRecordTests {
    @Test(
        "is read as it was written",
        arguments: [
            .edit(edit("c1", ["ü \"": [1, true, .null, "\n\u{1F600}"]])),
            .edit(OutboxEdit(Patch(.move(to: "tree/b~1c"), "tree/a"), id: "c2")),
            .edit(OutboxEdit(Patch(.execute(nil), "tree/a/@echo"), id: "c3")),
            .edit(
                OutboxEdit(
                    id: "b1", isBatch: true, patches: [Patch(.delete, "tree/a", id: "p1"), Patch(.add([:]), "tree/b")],
                    epoch: nil)),
            .settled("c1"), .refused("c1", refusal), .refused("c1", Refusal(.init(rawValue: "odd"), "")),
            .dropped("\u{7}\\"),
        ] as [OutboxRecord])
    func roundTrip(record: OutboxRecord) {
        let line = record.line
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        #expect(OutboxRecord.read(line.dropLast()) == .record(record))
    }

    @Test("holds what goes out, as it goes out")
    func form() {
        let text = String(decoding: OutboxRecord.edit(edit("c1")).line, as: UTF8.self)
        let expected =
            #"{"v":1,"edit":{"type":"PATCH","id":"c1","operation":"EDIT","path":"tree/a","value":"x","timestamp":5,"#
            + #""meta":{"user":"ann"},"base":7},"epoch":"e"}"# + "\n"
        #expect(text == expected)
        #expect(edit("c1").frame == .patch(edit("c1").patches[0]))
    }

    @Test("of a newer version is known as that")
    func newer() {
        #expect(OutboxRecord.read(Array(#"{"v":2,"squeezed":"c1"}"#.utf8)) == .newer)
    }

    @Test(
        "that says nothing is damaged",
        arguments: [
            "", "{}", "7", "null", #"{"v":1}"#, #"{"v":0,"settled":"c1"}"#, #"{"v":1,"settled":1}"#,
            #"{"settled":"c1"}"#, #"{"v":1,"settled":"c1""#, #"{"v":1,"edit":{"type":"PATCH"}}"#,
            #"{"v":1,"edit":{"type":"PATCH","operation":"DELETE","path":"tree/a"}}"#,
            #"{"v":1,"edit":{"type":"UNSUBSCRIBE","id":"s1"}}"#, #"{"v":1,"edit":[]}"#,
            #"{"v":1,"refused":{"type":"ERROR","code":"exists","message":"no id"}}"#,
            #"{"v":1,"refused":{"type":"AT","seq":1}}"#,
        ])
    func damaged(line: String) {
        #expect(OutboxRecord.read(Array(line.utf8)) == .damaged)
    }
}

extension OutboxEdit {
    fileprivate init(_ patch: Patch, id: String) {
        self.init(id: id, isBatch: false, patches: [patch], epoch: nil)
    }
}
