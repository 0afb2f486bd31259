import Testing

@testable import TreenityServer

@Suite struct OutboxMachineTests {
    private var machine = OutboxMachine<String>(capacity: 10)

    private mutating func add(_ item: String, _ size: Int = 1, isPaced: Bool = false) -> String {
        "\(machine.add(item, size: size, isPaced: isPaced))"
    }

    @Test("What comes is written at once, until something is made at the peer's pace")
    mutating func direct() {
        #expect([add("a"), add("b", 100)] == ["write", "write"])
        #expect([add("s", isPaced: true), add("c"), add("d")] == ["begin", "wait", "wait"])
        #expect(machine.take() == ["s", "c", "d"])
        #expect(add("e") == "wait")
        #expect(machine.take() == ["e"])
        #expect(machine.take() == nil)
        #expect(add("f") == "write")
    }

    @Test("One writer begins, and another when that one has ended")
    mutating func beginning() {
        #expect([add("s", isPaced: true), add("t", isPaced: true)] == ["begin", "wait"])
        #expect(machine.take() == ["s", "t"])
        // It is still writing.
        #expect(add("u", isPaced: true) == "wait")
        #expect(machine.take() == ["u"])
        #expect(machine.take() == nil)
        #expect(add("v", isPaced: true) == "begin")
    }

    @Test("What waits is bounded, but for a single thing")
    mutating func bound() {
        #expect(add("s", 100, isPaced: true) == "begin")
        #expect(add("a") == "overflow")
        #expect(add("b") == "drop")
        #expect(machine.take() == nil)
    }

    @Test("A writer of a box that was closed ends, and nothing is taken any more")
    mutating func closing() {
        #expect(add("s", isPaced: true) == "begin")
        machine.close()
        #expect(machine.take() == nil)
        #expect(add("t", isPaced: true) == "drop")
    }
}
