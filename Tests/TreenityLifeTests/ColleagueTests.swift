import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenityLife

/// The workspace with its colleagues at work.
private struct Office {
    var model = TreeModel(Workspace.initial)
    var generator: SeededGenerator
    var operations: [String: Int] = [:]
    var patches: [Patch] = []

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// One act of one of the two; what is wrong with it, if anything.
    mutating func act() -> String? {
        let colleague = Bool.random(using: &generator) ? Colleague.ann : .john
        let model = model
        let patch = colleague.nextPatch(at: Timestamp(milliseconds: 1_767_225_600_000), using: &generator) {
            model.json(at: $0)
        }
        guard let patch else { return nil }
        patches.append(patch)
        operations[patch.operation.name, default: 0] += 1
        if let refusal = self.model.apply(patch) { return "\(patch): \(refusal)" }
        if !patch.survivesTheWire { return "\(patch): not readable" }
        if patch.operation == .delete, model.json(at: patch.path)?["author"]?.string != colleague.user {
            return "\(patch): deletes what another added"
        }
        return nil
    }

    /// Somebody does anything at all to the workspace.
    mutating func meddle() {
        guard let path = randomPath() else { return }
        let key =
            ["status", "comments", "checklist", "notes", "assignee", "spent", "9223372036854775807"]
            .randomElement(using: &generator) ?? "x"
        let values: [JSONValue] = [[:], 1, "review", .null, ["1": ["status": "open"]], ["x": 3], []]
        let value = values.randomElement(using: &generator) ?? .null
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: _ = model.apply(Patch(.delete, path))
        case 1: _ = model.apply(Patch(.move(to: path.appending("moved")), path))
        case 2: _ = model.apply(Patch(.move(to: Workspace.completed.appending(path.name ?? "x")), path))
        default:
            _ = model.apply(Patch(.delete, path.appending(Name(cleaning: key))))
            _ = model.apply(Patch(.add(value), path.appending(Name(cleaning: key))))
        }
    }

    private mutating func randomPath() -> TreePath? {
        var path = TreePath.root
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let members = model.json(at: path)?.members ?? []
            guard let member = members.randomElement(using: &generator), let name = try? Name(member.key) else { break }
            path = path.appending(name)
        }
        return path.isRoot ? nil : path
    }
}

@Suite("The workspace and the simulated colleagues")
struct ColleagueTests {
    @Test("The workspace begins with some hundred nodes in several scripts, and follows the design guide's paths")
    func workspace() {
        let model = TreeModel(Workspace.initial)
        #expect(60...140 ~= model.nodeCount)
        #expect(model.json(at: "tree/spaces/marketing/tasks/101/name") == "Campaign Planning")
        #expect(model.json(at: "tree/spaces/marketing/tasks/101/status") == "assigned")
        #expect(model.json(at: "tree/spaces/sales/orders/15/status") == "packed")
        #expect(model.json(at: "tree/tasks/review")?.isObject == true)
        #expect(model.json(at: "tree/tasks/completed")?.isObject == true)
        #expect(Patch(.add(Workspace.initial), "tree/x").survivesTheWire)
    }

    @Test(
        "Over 2,500 acts each patch is valid, all operations occur and the tree stays of one size",
        arguments: [1, 2])
    func longRun(seed: UInt64) {
        var office = Office(seed: seed)
        let start = office.model.nodeCount
        for step in 0..<2_500 {
            if let complaint = office.act() { Issue.record("\(step): \(complaint)") }
            if !(start / 2...start * 3 ~= office.model.nodeCount) {
                Issue.record("\(step): \(office.model.nodeCount) nodes")
            }
        }
        #expect(Set(office.operations.keys) == ["ADD", "EDIT", "DELETE", "MOVE"])
        #expect((office.operations["EDIT"] ?? 0) > (office.operations["ADD"] ?? 0))
        #expect((office.operations["DELETE"] ?? 0) < 2_500 / 5)
        #expect((office.model.json(at: Workspace.completed)?.members?.count ?? 0) <= 24)
        #expect(office.patches.count == 2_500)
    }

    @Test("Whatever others make of the tree, each patch is valid", arguments: 10..<18)
    func meddledWith(seed: UInt64) {
        var office = Office(seed: seed)
        for step in 0..<300 {
            office.meddle()
            if let complaint = office.act() { Issue.record("\(step): \(complaint)") }
        }
    }

    @Test("A tree without the workspace gives them nothing to do")
    func nothingThere() {
        var generator = SeededGenerator(seed: 1)
        for content: JSONValue in [[:], ["spaces": 1, "tasks": "x"], ["spaces": ["marketing": ["tasks": []]]]] {
            let model = TreeModel(content)
            let patch = Colleague.ann.nextPatch(at: Timestamp(milliseconds: 0), using: &generator) {
                model.json(at: $0)
            }
            #expect(patch == nil)
        }
    }

    @Test("A task is taken from assigned to the completed ones, by EDIT and MOVE")
    func oneTask() {
        var model = TreeModel(["spaces": ["marketing": ["tasks": ["5": ["status": "assigned", "name": "x"]]]]])
        var generator = SeededGenerator(seed: 3)
        var statuses: [String] = []
        for _ in 0..<200 {
            let before = model
            guard let step = Colleague.ann.advancingTask(using: &generator, { before.json(at: $0) }) else { break }
            statuses.append(step.operation.name)
            #expect(model.apply(step.patch(at: Timestamp(milliseconds: 0), meta: [:])) == nil)
        }
        #expect(statuses == ["EDIT", "EDIT", "MOVE", "EDIT", "MOVE"])
        #expect(model.json(at: "tree/tasks/completed/5/status") == "completed")
        #expect(model.json(at: "tree/tasks/completed/5/assignee") == "ann")
    }

    @Test("Where the name is taken among the completed tasks, another is found")
    func takenName() {
        let tree = TreeModel(["tasks": ["review": ["5": ["status": "completed"]], "completed": ["5": [:], "5-2": 1]]])
        var generator = SeededGenerator(seed: 3)
        let step = Colleague.ann.advancingTask(using: &generator) { tree.json(at: $0) }
        #expect(step == Step(.move(to: "tree/tasks/completed/5-3"), "tree/tasks/review/5"))
    }

    @Test("Patches are marked as simulated")
    func marked() throws {
        var office = Office(seed: 4)
        #expect(office.act() == nil)
        let meta = try #require(office.patches.first?.meta)
        #expect(["ann (simulated)", "john.doe (simulated)"].contains(meta["user"]?.string))
        #expect(meta["simulated"] == true)
    }

    @Test("Days are those of the calendar")
    func days() {
        #expect(CalendarDay(0, after: Timestamp(milliseconds: 0)).description == "1970-01-01")
        #expect(
            CalendarDay(59, after: Timestamp(milliseconds: 951_782_400_000 - 59 * 86_400_000)).description
                == "2000-02-29")
        #expect(CalendarDay(1, after: Timestamp(milliseconds: 1_767_139_200_000)).description == "2026-01-01")
    }
}
