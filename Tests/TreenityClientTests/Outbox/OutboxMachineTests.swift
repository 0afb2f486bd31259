import Testing
import TreenityProtocol

@testable import TreenityClient

@Suite("What an outbox writes")
struct OutboxMachineTests {
    private let records: [OutboxRecord] = [.edit(edit("a")), .edit(edit("b")), .settled("a")]

    @Test("is what is new, where the file holds all else")
    func appending() {
        var machine = OutboxMachine(isWhole: true)
        #expect(machine.take(records) == .append(records.flatMap(\.line)))
        #expect(machine.contents.unanswered == [edit("b")])
    }

    @Test("is everything that matters, where the file does not, until that is done")
    func rewriting() {
        var machine = OutboxMachine()
        #expect(machine.take(records) == .rewrite(OutboxRecord.edit(edit("b")).line))
        machine.rewritten(10)
        #expect(machine.take([.settled("b")]) == .append(OutboxRecord.settled("b").line))
        machine.failed()
        #expect(machine.take([.edit(edit("c"))]) == .rewrite(OutboxRecord.edit(edit("c")).line))
        #expect(machine.take([.settled("c")]) == .rewrite([]))
    }

    @Test("is everything, too, where most of a large file is of no use any more")
    func leaner() {
        var machine = OutboxMachine(isWhole: true)
        _ = machine.take(records)
        machine.appended(OutboxMachine.smallSize)
        #expect(machine.leaner() == nil)
        machine.appended(1)
        #expect(machine.leaner() == OutboxRecord.edit(edit("b")).line)
        // Not at once again, should that fail.
        #expect(machine.leaner() == nil)
    }

    @Test("is not everything again and again, where everything matters")
    func large() {
        var machine = OutboxMachine(isWhole: true)
        var rewrites = 0
        for number in 0..<2_000 {
            guard case .append(let bytes) = machine.take([.edit(edit("\(number)", .string(longText)))]) else {
                Issue.record("the file is whole")
                return
            }
            machine.appended(bytes.count)
            if machine.leaner() != nil { rewrites += 1 }
        }
        #expect(rewrites == 0)
    }

    private let longText = String(repeating: "x", count: 1_000)
}
