import Testing

@testable import TreenityServer

@Suite struct OutboxMachineTests {
    private var machine = OutboxMachine<String, Int>(capacity: 10)

    @Test("The writer takes everything that waits at once, and sleeps when there is nothing")
    mutating func taking() {
        guard case .sleep = machine.take(), machine.sleep(1) else {
            Issue.record("awake")
            return
        }
        guard case .wake(1) = machine.add("a", size: 1), case .nothing = machine.add("b", size: 1) else {
            Issue.record("not woken once")
            return
        }
        guard case .write(["a", "b"]) = machine.take() else {
            Issue.record("not all at once")
            return
        }
        guard case .sleep = machine.take() else {
            Issue.record("awake")
            return
        }
    }

    @Test("What comes between looking and falling asleep keeps the writer awake")
    mutating func noLostWakeUp() {
        guard case .sleep = machine.take(), case .nothing = machine.add("a", size: 1) else {
            Issue.record("not empty")
            return
        }
        let sleeps = machine.sleep(1)
        #expect(!sleeps)
    }

    @Test("What is being written counts until it is written")
    mutating func bound() {
        _ = machine.add("a", size: 8)
        _ = machine.take()
        guard case .nothing = machine.add("b", size: 2), case .overflow = machine.add("c", size: 1) else {
            Issue.record("the bound does not hold")
            return
        }
        guard case .stop = machine.take(), case .nothing = machine.add("d", size: 1) else {
            Issue.record("open after overflow")
            return
        }
    }

    @Test("One thing larger than the bound goes through")
    mutating func largeItem() {
        guard case .nothing = machine.add("a", size: 100) else {
            Issue.record("refused")
            return
        }
    }

    @Test("Closing wakes the writer to stop")
    mutating func closing() {
        _ = machine.take()
        _ = machine.sleep(7)
        let waiter = machine.close()
        #expect(waiter == 7)
        guard case .stop = machine.take() else {
            Issue.record("not stopped")
            return
        }
    }
}
