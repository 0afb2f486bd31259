import Testing

@testable import TreenityServer

@Suite struct PileMachineTests {
    private var pile = PileMachine<Int, String>()

    private mutating func take() -> String {
        let (action, finished) = pile.take()
        return "\(action) \(finished)"
    }

    @Test("The taker gets all that was added, each thing once")
    mutating func taking() {
        _ = pile.add([1, 2])
        _ = pile.add([3])
        #expect(take() == "work([1, 2, 3]) []")
        _ = pile.add([4])
        #expect([take(), take()] == ["work([4]) []", "sleep []"])
    }

    @Test("A taker that sleeps is woken once, and what comes before it falls asleep keeps it awake")
    mutating func waking() {
        let sleeps = pile.sleep("taker")
        #expect(sleeps)
        let woken = [pile.add([]), pile.add([1]), pile.add([2])]
        #expect(woken == [nil, "taker", nil])
        let sleepsAgain = pile.sleep("taker")
        #expect(!sleepsAgain)
    }

    @Test("Who waits is told when what was added before is finished, not what came since")
    mutating func watching() {
        _ = pile.add([1, 2, 3])
        let waits = [
            pile.watch("all", untilAtMost: 0), pile.watch("some", untilAtMost: 2), pile.watch("any", untilAtMost: 3),
        ]
        #expect(waits == [true, true, false])
        #expect(take() == "work([1, 2, 3]) []")
        _ = pile.add([4])
        #expect(pile.isAwaited)
        #expect(take() == #"work([4]) ["all", "some"]"#)
        #expect(!pile.isAwaited)
        #expect(pile.outstanding == 1)
    }

    @Test("Closing lets everyone go")
    mutating func closing() {
        _ = pile.add([1])
        _ = pile.watch("history", untilAtMost: 0)
        #expect(pile.close() == ["history"])
        #expect(take() == "stop []")
        #expect(pile.watch("late", untilAtMost: 0) == false)
        #expect(pile.add([2]) == nil)
    }
}
