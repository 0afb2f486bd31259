import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("The history of a node")
struct NodeHistoryTests {
    private static let task: TreePath = "tree/spaces/marketing/tasks/101"

    private func past(_ seq: Int64, _ operation: Patch.Operation, _ user: String, _ previous: JSONValue?)
        -> HistoricalPatch
    {
        let patch = Patch(
            operation, Self.task, timestamp: Timestamp(milliseconds: 1_699_999_000_000 + seq * 1_000),
            meta: ["user": .string(user)], seq: SequenceNumber(seq))
        return HistoricalPatch(patch: patch, previous: previous)
    }

    private func asked(_ person: inout Person) -> HistoryQuery? {
        person.takeEffects().compactMap { if case .network(.askHistory(let query)) = $0 { query } else { nil } }.last
    }

    @Test("is asked of the server, and shown with differences and authors, newest first")
    func server() throws {
        var person = Person(columns: 100, start: Self.task)
        person.press("gh")
        let query = try #require(asked(&person))
        #expect(query.path == Self.task)
        #expect(query.before == nil)
        #expect(person.screen.contains("the server is asked"))
        person.happen(
            .connection(
                .history(
                    id: query.id,
                    [
                        past(9, .edit(["status": "done", "size": 4]), "ann", ["status": "assigned"]),
                        past(5, .move(to: Self.task), "bob", nil), past(2, .add(["status": "new"]), "john.doe", nil),
                    ], more: false)))
        try expectGolden(person.screen, "history")
    }

    @Test("goes on with older ones when the cursor comes near the end")
    func paging() throws {
        var person = Person(columns: 100, start: Self.task)
        person.press("gh")
        let first = try #require(asked(&person))
        let patches = (51...100).reversed().map { past($0, .edit(["size": .integer($0)]), "ann", nil) }
        person.happen(.connection(.history(id: first.id, patches, more: true)))
        #expect(asked(&person) == nil)
        person.press("G")
        let second = try #require(asked(&person))
        #expect(second.before == SequenceNumber(51))
        person.happen(.connection(.history(id: first.id, patches, more: true)))
        person.happen(.connection(.history(id: second.id, [past(50, .delete, "bob", "gone")], more: false)))
        person.press("G")
        #expect(person.row(with: "✗ DELETE  bob") != nil)
        #expect(asked(&person) == nil)
    }

    @Test("the server's refusal is shown in its place")
    func refused() throws {
        var person = Person(columns: 100, start: Self.task)
        person.press("gh")
        let query = try #require(asked(&person))
        person.happen(.connection(.refused(id: query.id, Refusal(.forbidden, "you may not read this"))))
        #expect(person.row(with: "you may not read this") != nil)
    }

    @Test("of a bare connection is what came here, looked through in slices")
    func bare() {
        var person = Person(columns: 100, tree: nil)
        person.goLive(bare: true)
        person.show(Person.workspace)
        person.press("gp" + Self.task.text + "<Enter>")
        person.receive(.edit(["status": "review"]), Self.task, by: "john.doe")
        person.receive(10_000) { index in
            (index % 2 == 0 ? .edit(["size": .integer(index)]) : .edit(["total": .integer(index)]), "tree/spaces/sales")
        }
        person.receive(.edit(["status": "done"]), Self.task)
        _ = person.takeEffects()
        person.press("gh")
        #expect(person.row(with: "status  review → done") != nil)
        #expect(person.row(with: "status  assigned → review") == nil)
        #expect(person.screen.contains("looking further back"))
        var rounds = 0
        while person.takeEffects().contains(.proceed), rounds < 20 {
            person.happen()
            rounds += 1
        }
        #expect(person.row(with: "status  assigned → review") != nil)
        #expect(person.row(with: "what came here, and is remembered") != nil)
    }

    @Test("Enter shows the tree as it was after the patch")
    func jump() throws {
        var person = Person(columns: 120, start: Self.task)
        for status in ["one", "two", "three"] { person.receive(.edit(["status": .string(status)]), Self.task) }
        person.press("gh")
        let query = try #require(asked(&person))
        person.happen(
            .connection(
                .history(
                    id: query.id,
                    [past(3, .edit(["status": "three"]), "ann", nil), past(2, .edit(["status": "two"]), "ann", nil)],
                    more: false)))
        person.press("j<Enter>")
        #expect(person.treeRow(with: "101")?.contains("two") == true)
        #expect(person.screen.contains("❄"))
    }
}
