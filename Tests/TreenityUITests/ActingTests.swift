import Testing
import TreenityProtocol
import TreenityStore

@testable import TreenityUI

@Suite("Marks: the next command is for all of them, as one batch (§3)")
struct MarkTests {
    private func marked() -> Person {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.wait(milliseconds: 1_000)
        person.press("lzoj")
        person.press("gp<C-u>tree/spaces/marketing/tasks/9<Enter>  ")
        return person
    }

    @Test("Space marks the node and goes on; the count and the marks are shown")
    func mark() {
        let person = marked()
        #expect(person.row(with: "2 marked") != nil)
        #expect(person.treeRow(with: " 9 ")?.contains("▪") == true)
        #expect(person.treeRow(with: " 10 ")?.contains("▪") == true)
        #expect(person.treeRow(with: " 101 ")?.contains("▪") == false)
    }

    @Test("Space once more, and Esc, unmark")
    func unmark() {
        var person = marked()
        person.press("k ")
        #expect(person.row(with: "1 marked") != nil)
        person.press("<Esc>")
        #expect(person.row(with: "marked") == nil)
    }

    @Test("V marks the rows from the last mark to the cursor")
    func range() {
        var person = Person(start: "tree/spaces/marketing/tasks/9")
        person.press("VjjV")
        #expect(person.row(with: "3 marked") != nil)
    }

    @Test("dd asks once, with the number of nodes, and deletes all as one batch")
    func delete() throws {
        var person = marked()
        person.press("dd")
        #expect(person.row(with: "delete 2 marked nodes?") != nil)
        person.press("y")
        let batch = try #require(person.takeBatches().first)
        #expect(batch.map(\.operation) == [.delete, .delete])
        #expect(batch.map(\.path) == ["tree/spaces/marketing/tasks/9", "tree/spaces/marketing/tasks/10"])
        #expect(Set(batch.compactMap(\.id)).count == 2)
        #expect(person.row(with: "2 marked") == nil)
        #expect(person.row(with: "1 pending") != nil)
    }

    @Test("What lies below another marked node goes with it, and is no patch of its own")
    func nested() throws {
        var person = Person(start: "tree/spaces/marketing/tasks")
        person.wait(milliseconds: 1_000)
        person.press("l<Up>  ddy")
        #expect(person.takeSent().map(\.path) == ["tree/spaces/marketing/tasks"])
    }

    @Test("x and p move all of them")
    func cut() throws {
        var person = marked()
        person.press("xgp<C-u>tree/spaces/sales<Enter>p")
        let batch = try #require(person.takeBatches().first)
        #expect(batch.map(\.operation) == [.move(to: "tree/spaces/sales/9"), .move(to: "tree/spaces/sales/10")])
    }

    @Test("m moves all of them below the typed path")
    func move() throws {
        var person = marked()
        person.press("m")
        #expect(person.row(with: "move of 2 marked to") != nil)
        person.press("<C-u>tree/spaces/sa<Tab><Enter>")
        let batch = try #require(person.takeBatches().first)
        #expect(batch.map(\.operation) == [.move(to: "tree/spaces/sales/9"), .move(to: "tree/spaces/sales/10")])
    }

    @Test("i sets the property of all of them")
    func edit() throws {
        var person = marked()
        person.press("i")
        #expect(person.row(with: "edit name of 2 marked") != nil)
        person.press("<C-u>same<Enter>")
        let batch = try #require(person.takeBatches().first)
        #expect(batch.map(\.operation) == [.edit("same"), .edit("same")])
        #expect(batch.map(\.path.parent) == ["tree/spaces/marketing/tasks/9", "tree/spaces/marketing/tasks/10"])
    }

    @Test("yp copies the paths of all, a line each")
    func paths() {
        var person = marked()
        person.press("yp")
        #expect(
            person.takeEffects().contains(
                .terminal(.copy("tree/spaces/marketing/tasks/9\ntree/spaces/marketing/tasks/10"))))
    }

    @Test("A mark stays with its node when that is moved, and goes with it when it is deleted")
    func life() {
        var person = marked()
        person.receive(.move(to: "tree/spaces/sales/9"), "tree/spaces/marketing/tasks/9")
        person.press("gp<C-u>tree/spaces/sales/9<Enter>")
        #expect(person.treeRow(with: " 9 ")?.contains("▪") == true)
        person.receive(.delete, "tree/spaces/sales/9")
        #expect(person.row(with: "1 marked") != nil)
    }

    @Test("A batch that the server refuses is undone as a whole")
    func refused() {
        var person = marked()
        person.press("i<C-u>same<Enter>")
        guard case .network(.sendBatch(let id, _))? = person.takeEffects().last(where: \.isBatch) else {
            Issue.record("no batch was sent")
            return
        }
        person.happen(.connection(.refused(id: id, Refusal(.forbidden, "not yours", index: 1))))
        #expect(person.row(with: "2 changes refused: not yours") != nil)
        #expect(person.row(with: "pending") == nil)
        #expect(person.screen.contains("Slogan"))
    }

    @Test("After a lost connection a batch goes out once more as a batch")
    func again() {
        var person = marked()
        person.press("i<C-u>same<Enter>")
        person.happen(.connection(.lost(reason: "gone", retryAfter: 250)))
        _ = person.takeEffects()
        person.goLive()
        #expect(person.takeEffects().contains { if case .network(.sendBatchAgain) = $0 { true } else { false } })
    }

    @Test("More than the server takes at once is not sent at all, and said")
    func tooMany() {
        var person = Person(tree: nil)
        person.goLive(maximumBatch: 1)
        person.show(Person.workspace)
        person.wait(milliseconds: 1_000)
        person.press("gp<C-u>tree/spaces/marketing/tasks/9<Enter>  ddy")
        #expect(person.takeBatches().isEmpty)
        #expect(person.row(with: "takes 1 changes at once") != nil)
    }
}

extension Effect {
    fileprivate var isBatch: Bool { if case .network(.sendBatch) = self { true } else { false } }
}
