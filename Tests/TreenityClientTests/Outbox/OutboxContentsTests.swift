import Testing
import TreenityProtocol

@testable import TreenityClient

@Suite("The edits that still matter")
struct OutboxContentsTests {
    private func contents(_ records: OutboxRecord...) -> OutboxContents {
        var contents = OutboxContents()
        for record in records { contents.apply(record) }
        return contents
    }

    private func ids(_ edits: [OutboxEdit]) -> [String] { edits.map(\.id) }

    @Test("are those that were not answered, in their order")
    func unanswered() {
        let contents = contents(
            .edit(edit("c")), .edit(edit("a")), .edit(edit("b")), .settled("a"), .settled("unknown"))
        #expect(ids(contents.unanswered) == ["c", "b"])
        #expect(contents.refused.isEmpty)
    }

    @Test("are, with their reason, those that were refused, until they are repeated or dropped")
    func refused() {
        var contents = contents(.edit(edit("a")), .edit(edit("b")), .refused("a", refusal), .refused("x", refusal))
        #expect(ids(contents.unanswered) == ["b"])
        #expect(contents.refused == [RefusedOutboxEdit(edit: edit("a"), refusal: refusal)])
        contents.apply(.edit(edit("a", "again")))
        #expect(contents.refused.isEmpty)
        #expect(contents.unanswered == [edit("b"), edit("a", "again")])
        contents.apply(.refused("a", refusal))
        contents.apply(.dropped("a"))
        #expect(contents.refused.isEmpty)
        #expect(ids(contents.unanswered) == ["b"])
    }

    @Test("stay in their place when they change")
    func changed() {
        let contents = contents(.edit(edit("a")), .edit(edit("b")), .edit(edit("a", "new")))
        #expect(contents.unanswered == [edit("a", "new"), edit("b")])
    }

    @Test("come out of the fewest records as they were")
    func records() {
        let contents = contents(
            .edit(edit("a")), .edit(edit("b")), .edit(edit("c")), .refused("b", refusal), .settled("c"))
        #expect(contents.records == [.edit(edit("a")), .edit(edit("b")), .refused("b", refusal)])
        let again = OutboxReplay(contents.records.flatMap(\.line)).contents
        #expect(again.unanswered == contents.unanswered && again.refused == contents.refused)
    }

    @Test("of another outbox come behind, but for those that are here")
    func adopting() {
        var contents = contents(.edit(edit("a", "mine")))
        contents.adopt(self.contents(.edit(edit("z")), .edit(edit("a")), .edit(edit("y")), .refused("z", refusal)))
        #expect(contents.unanswered == [edit("a", "mine"), edit("y")])
        #expect(contents.refused.map(\.edit.id) == ["z"])
    }
}
