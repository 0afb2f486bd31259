import Testing
import TreenityProtocol
import TreenitySequencer

@testable import TreenityLog

@Suite(.timeLimit(.minutes(5))) struct MemoryLogTests {
    private func entries(_ numbers: ClosedRange<Int>) -> [LogEntry] {
        numbers.map { number in
            LogEntry(
                .proposal(.patch(Patch(.edit(.integer(number)), "tree/n", id: "\(number)"))), from: Sender(),
                received: Timestamp(milliseconds: 0))
        }
    }

    private func ids(_ placed: [PlacedEntry]?) -> [String] {
        (placed ?? []).compactMap { placed in
            guard case .proposal(let proposal) = placed.entry.content else { return nil }
            return proposal.id
        }
    }

    @Test("Entries are read once, in order; the next reader goes on where the last one stopped")
    func reading() async throws {
        let log = MemoryLog()
        #expect(try await log.append(entries(1...2)) == LogPosition(1)...LogPosition(2))
        #expect(try await log.append(entries(3...3)) == LogPosition(3)...LogPosition(3))
        let first = log.entries(after: .zero).makeAsyncIterator()
        let read = try await first.next()
        #expect(ids(read) == ["1", "2", "3"])
        #expect(read?.map(\.position.number) == [1, 2, 3])
        try await log.append(entries(4...4))
        #expect(ids(try await log.entries(after: log.end).makeAsyncIterator().next()) == ["4"])
        #expect(log.end == LogPosition(4))
        #expect(try await log.savedState() == nil)
    }

    @Test("A reader that waits gets what comes")
    func waiting() async throws {
        let log = MemoryLog()
        async let read = log.entries(after: .zero).makeAsyncIterator().next()
        try await log.append(entries(1...1))
        #expect(ids(try await read) == ["1"])
    }

    @Test("Who appends more than may be unread waits for the reader")
    func room() async throws {
        let log = MemoryLog(bound: 2)
        try await withThrowingTaskGroup { group in
            group.addTask { _ = try await log.append(self.entries(1...3)) }
            group.addTask { _ = try await log.append(self.entries(4...6)) }
            let reader = log.entries(after: .zero).makeAsyncIterator()
            var count = 0
            while count < 6 { count += try await reader.next()?.count ?? 6 }
            try await group.waitForAll()
            #expect(count == 6)
        }
    }

    @Test("A cancelled reader ends, and a cancelled append that waits returns")
    func cancelling() async throws {
        let log = MemoryLog(bound: 0)
        let reading = Task { try await MemoryLog().entries(after: .zero).makeAsyncIterator().next() }
        let appending = Task { try await log.append(self.entries(1...1)) }
        reading.cancel()
        appending.cancel()
        #expect(try await reading.value == nil)
        #expect(try await appending.value == LogPosition(1)...LogPosition(1))
    }

    @Test("The machine lets appends wait only while too much is unread")
    func machine() {
        var machine = MemoryLogMachine<Int>(bound: 2)
        let slept = machine.sleep(1)
        #expect(slept)
        #expect(machine.append(entries(1...2)).reader == 1)
        let waits = machine.waitForRoom(2)
        #expect(!waits)
        #expect(machine.append(entries(3...3)).reader == nil)
        let waitsNow = machine.waitForRoom(3)
        #expect(waitsNow)
        let sleepsNow = machine.sleep(4)
        #expect(!sleepsNow)
        let taken = machine.take()
        #expect(taken.entries.count == 3)
        #expect(taken.appenders == [3])
        #expect(!machine.isFull)
        #expect(machine.takeReader() == nil)
    }
}
