import Testing

@testable import TreenityServer

@Suite struct OutboxMachineTests {
    private var machine = OutboxMachine<String, Int>(capacity: 10)

    private mutating func add(_ item: String, _ size: Int = 1, isPaced: Bool = false) -> String {
        "\(machine.add(item, size: size, isPaced: isPaced))"
    }

    private mutating func take() -> String { "\(machine.take())" }

    @Test("What comes is written at once, until something is made at the peer's pace")
    mutating func direct() {
        #expect([add("a"), add("b", 100)] == ["write", "write"])
        #expect([add("s", isPaced: true), add("c"), add("d")] == ["wait", "wait", "wait"])
        #expect(take() == #"write(["s", "c", "d"])"#)
        #expect(add("e") == "wait")
        #expect(take() == #"write(["e"])"#)
        #expect(take() == "sleep")
        #expect(add("f") == "write")
    }

    @Test("A writer that sleeps is woken once")
    mutating func waking() {
        #expect(take() == "sleep")
        let sleeps = machine.sleep(7)
        #expect(sleeps)
        #expect([add("s", isPaced: true), add("a")] == ["wake(7)", "wait"])
    }

    @Test("What comes between looking and falling asleep keeps the writer awake")
    mutating func noLostWakeUp() {
        #expect(take() == "sleep")
        #expect(add("s", isPaced: true) == "wait")
        let sleeps = machine.sleep(7)
        #expect(!sleeps)
    }

    @Test("What waits is bounded, but for a single thing")
    mutating func bound() {
        #expect(add("s", 100, isPaced: true) == "wait")
        #expect(add("a") == "overflow(nil)")
        #expect([add("b"), take()] == ["drop", "stop"])
    }

    @Test("Closing wakes the writer to stop")
    mutating func closing() {
        #expect(take() == "sleep")
        _ = machine.sleep(7)
        let waiter = machine.close()
        #expect(waiter == 7)
        #expect(take() == "stop")
    }
}
