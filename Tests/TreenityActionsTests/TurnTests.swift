import Testing

@testable import TreenityActions

struct TurnTests {
    @Test func soManyHaveATurnAtOnceAndTheNextOnesWait() {
        var machine = TurnMachine(running: 2, waiting: 1)
        #expect((0..<4).map { _ in want(&machine).wanted } == [.granted, .granted, .waits, .refused])
    }

    @Test func turnsComeInTheOrderOfAsking() {
        var machine = TurnMachine(running: 1, waiting: 2)
        _ = want(&machine)
        let first = want(&machine).ticket
        let second = want(&machine).ticket
        #expect(machine.giveBack() == first)
        #expect(machine.giveBack() == second)
        #expect(machine.giveBack() == nil)
        #expect(want(&machine).wanted == .granted)
    }

    @Test func whoLeavesIsPassedOver() {
        var machine = TurnMachine(running: 1, waiting: 2)
        _ = want(&machine)
        let first = want(&machine).ticket
        let second = want(&machine).ticket
        let leaves = [first, first].map { machine.leave($0) }
        #expect(leaves == [true, false])
        #expect(machine.giveBack() == second)
        let isWaiting = machine.leave(second)
        #expect(!isWaiting)
    }

    @Test func whoIsCancelledGetsNoTurnAndTakesNone() async {
        let turns = Turns(running: 1, waiting: 1)
        #expect(await turns.take())
        let waiting = Task { await turns.take() }
        waiting.cancel()
        #expect(await !waiting.value)
        turns.giveBack()
        #expect(await turns.take())
    }

    @Test(arguments: 0..<20)
    func everyTurnIsGivenBackWhoeverLeaves(round: Int) async {
        let turns = Turns(running: 3, waiting: 1000)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let task = Task {
                        guard await turns.take() else { return }
                        await Task.yield()
                        turns.giveBack()
                    }
                    if number.isMultiple(of: 3) { task.cancel() }
                    await task.value
                }
            }
        }
        for _ in 0..<3 { #expect(await turns.take()) }
    }

    private func want(_ machine: inout TurnMachine) -> (ticket: TurnMachine.Ticket, wanted: TurnMachine.Wanted) {
        let ticket = machine.draw()
        return (ticket, machine.want(ticket))
    }
}
