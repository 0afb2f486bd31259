import Testing
import TreenityLog

@testable import TreenityDataFile

@Suite final class AppendMachineTests {
    private typealias Machine = AppendMachine<Int>

    private var machine = Machine()

    private func append(_ waiter: Int, bytes: Int = 10) -> String {
        let lines = [UInt8](repeating: 0, count: bytes)
        return switch machine.append(Machine.Append(entries: [.numbered(waiter)], lines: lines, waiter: waiter)) {
        case .begins: "begins"
        case .waits: "waits"
        case .refused(let waiter): "refused \(waiter)"
        }
    }

    private func turn() -> [Int]? {
        switch machine.turn() {
        case .write(let group): group.map(\.waiter)
        case .lookAgain: []
        case .rest: nil
        }
    }

    @Test("The first append begins; those that come until the turn are written with it, in order")
    func grouping() {
        #expect(append(1) == "begins")
        #expect(append(2) == "waits")
        #expect(append(3) == "waits")
        #expect(turn() == [1, 2, 3])
        #expect(append(4) == "waits")
    }

    @Test("When none is left, the next one begins")
    func resting() {
        #expect(append(1) == "begins")
        #expect(turn() == [1])
        #expect(turn() == nil)
        #expect(append(2) == "begins")
    }

    @Test("After a group there are further looks while they bring something new, until all of it are there again")
    func lookingAgain() {
        for number in 1...4 { _ = append(number) }
        #expect(turn() == [1, 2, 3, 4])
        _ = append(5)
        #expect(turn() == [])
        _ = append(6)
        #expect(turn() == [])
        #expect(turn() == [5, 6])
        // Two were written last, and two are there.
        _ = append(7)
        _ = append(8)
        #expect(turn() == [7, 8])
    }

    @Test("What is too much at once is written in parts, one larger than that alone")
    func bound() {
        _ = append(1, bytes: 2 * Machine.bytesAtOnce)
        _ = append(2, bytes: Machine.bytesAtOnce / 2)
        _ = append(3, bytes: Machine.bytesAtOnce / 2)
        _ = append(4, bytes: 1)
        #expect(turn() == [1])
        #expect(turn() == [2, 3])
        machine.close()
        #expect(turn() == [4])
        #expect(turn() == nil)
    }

    @Test("A closed log takes nothing in, and what came before is written without another look")
    func closing() {
        _ = append(1)
        _ = append(2)
        #expect(turn() == [1, 2])
        _ = append(3)
        machine.close()
        #expect(append(4) == "refused 4")
        #expect(turn() == [3])
        #expect(turn() == nil)
    }
}
