import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("Who is here")
struct PresenceTests {
    private static let task: TreePath = "tree/spaces/marketing/tasks/101"

    private func person() -> Person {
        var person = Person(columns: 120, start: "tree/spaces/marketing/tasks", tellsPresence: true)
        person.happen(
            .connection(
                .presence([
                    Presence(session: "s1", user: "me", path: "tree/spaces/marketing/tasks"),
                    Presence(session: "s2", user: "ann", path: Self.task),
                    Presence(session: "s3", user: "bob", path: "tree/spaces/sales/orders/15"),
                    Presence(session: "s4", user: "bob", path: nil),
                ])))
        return person
    }

    @Test("a mark stands in the row of another one's cursor, or of what is folded over it")
    func marks() {
        var person = person()
        person.press("l")
        #expect(person.treeRow(with: "101")?.contains("◂an") == true)
        #expect(person.treeRow(with: "sales")?.contains("◂bo") == true)
        #expect(person.treeRow(with: " tasks")?.contains("◂") == false)
        #expect(person.row(with: "3 users") != nil)
    }

    @Test("gw lists them, Enter goes there")
    func list() {
        var person = person()
        person.press("gw")
        #expect(person.row(with: "who is here — 3 users, 4 sessions") != nil)
        #expect(person.row(with: "ann   tree/spaces/marketing/tasks/101") != nil)
        #expect(person.row(with: "bob   shows nobody where") != nil)
        person.press("<Enter>")
        #expect(person.cursorPath == Self.task)
    }

    private func told(_ person: inout Person) -> [TreePath?] {
        person.takeEffects().compactMap { if case .network(.tellPresence(let path)) = $0 { path } else { nil } }
    }

    @Test("others are told where our cursor is, twice a second at most, and only what is new")
    func telling() {
        var person = Person(columns: 120, start: "tree/spaces", tellsPresence: true)
        person.wait(milliseconds: 1_000)
        _ = told(&person)
        person.press("j")
        #expect(told(&person) == ["tree/spaces/marketing"])
        person.press("jk")
        #expect(told(&person) == [])
        person.press("j")
        person.wait(milliseconds: 499)
        #expect(told(&person) == [])
        person.wait(milliseconds: 1)
        #expect(told(&person) == ["tree/spaces/sales"])
        person.press("kj")
        person.wait(milliseconds: 5_000)
        #expect(told(&person) == [])
    }

    @Test("a new session is told anew; a bare one is told nothing")
    func sessions() {
        var person = Person(columns: 120, start: "tree/spaces", tellsPresence: true)
        person.wait(milliseconds: 1_000)
        _ = told(&person)
        person.happen(.connection(.lost(reason: "gone", retryAfter: 100)))
        person.press("j")
        person.wait(milliseconds: 1_000)
        #expect(told(&person) == [])
        person.goLive()
        person.show(Person.workspace)
        #expect(told(&person) == ["tree/spaces/marketing"])
        person.happen(.connection(.lost(reason: "gone", retryAfter: 100)))
        person.goLive(bare: true)
        person.press("j")
        person.wait(milliseconds: 1_000)
        #expect(told(&person) == [])
    }

    @Test("who does not want it is not told of, and is gone from view at once")
    func optingOut() throws {
        var person = Person(columns: 120, start: "tree/spaces", tellsPresence: true)
        person.wait(milliseconds: 1_000)
        _ = told(&person)
        let setting = try #require(Setting.named("presence"))
        _ = try person.model.set(setting, to: "off")
        person.wait(milliseconds: 1_000)
        #expect(told(&person) == [nil])
        person.press("j")
        person.wait(milliseconds: 1_000)
        #expect(told(&person) == [])
    }
}
