import Testing
import TreenityProtocol
import TreenityTesting

@testable import TreenitySequencer

@Suite struct AnswerTests {
    private func key(_ user: String, _ id: Int) -> AnswerMemory.Key { AnswerMemory.Key(user: user, id: "\(id)") }

    private func bounds(_ count: Int, perUser: Int, bytes: Int = 100) -> MemoryBounds {
        var bounds = MemoryBounds()
        bounds.answers = count
        bounds.answersPerUser = perUser
        bounds.resultBytes = bytes
        return bounds
    }

    private func answer(_ number: Int) -> Answer {
        Answer(seq: SequenceNumber(Int64(number)), timestamp: Timestamp(milliseconds: 0))
    }

    @Test("Of one user's answers the oldest go, and no other's")
    func perUser() {
        var memory = AnswerMemory(bounds(100, perUser: 2))
        memory.remember(answer(0), for: key("bob", 0))
        for id in 0..<5 { memory.remember(answer(id), for: key("ann", id)) }
        #expect((0..<5).map { memory[key("ann", $0)]?.seq.value } == [nil, nil, nil, 3, 4])
        #expect(memory[key("bob", 0)] == answer(0))
    }

    @Test("Of all answers the oldest go first")
    func inAll() {
        var memory = AnswerMemory(bounds(3, perUser: 3))
        for id in 0..<5 { memory.remember(answer(id), for: key(id == 1 ? "ann" : "bob", id)) }
        #expect(memory[key("ann", 1)] == nil)
        #expect([0, 2, 3, 4].map { memory[key("bob", $0)]?.seq.value } == [nil, 2, 3, 4])
    }

    @Test("Results of actions are bounded by their bytes, oldest first")
    func bytesOfResults() {
        var memory = AnswerMemory(bounds(9, perUser: 9, bytes: 10))
        for id in 0..<4 { memory.remember(answer(id), for: key("ann", id)) }
        var finished = answer(1)
        finished.execution = .finished("123456")
        memory.replace(finished, for: key("ann", 1))
        memory.replace(finished, for: key("ann", 3))
        #expect((0..<4).map { memory[key("ann", $0)] != nil } == [false, false, true, true])
        memory.forget(key("ann", 3))
        memory.replace(finished, for: key("ann", 2))
        #expect(memory[key("ann", 2)] == finished)
    }

    @Test("Users and ids are told apart byte for byte")
    func bytes() {
        var memory = AnswerMemory(bounds(9, perUser: 9))
        memory.remember(answer(1), for: AnswerMemory.Key(user: "\u{E9}", id: "\u{E9}"))
        #expect(memory[AnswerMemory.Key(user: "e\u{301}", id: "\u{E9}")] == nil)
        #expect(memory[AnswerMemory.Key(user: "\u{E9}", id: "e\u{301}")] == nil)
        #expect(memory[AnswerMemory.Key(user: "\u{E9}", id: "\u{E9}")] == answer(1))
    }

    @Test(
        "The memory of answers holds what a list would hold that is searched from its start",
        arguments: Fuzz.seeds(10))
    func model(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var memory = AnswerMemory(bounds(12, perUser: 5))
        var model: [AnswerMemory.Key] = []
        var all: [AnswerMemory.Key] = []
        for number in 0..<200 {
            // Half of the time one of three users, then one of three others.
            let key = key("\(Int.random(in: 0..<6, using: &random) / 2 + number / 100 * 3)", number)
            let own = model.filter { $0.user == key.user }
            if own.count == 5 {
                model.removeAll { $0 == own.first }
            } else if model.count == 12 {
                model.removeFirst()
            }
            model.append(key)
            all.append(key)
            memory.remember(answer(number), for: key)
            if number % 7 == 3, let gone = model.randomElement(using: &random) {
                model.removeAll { $0 == gone }
                memory.forget(gone)
            }
            #expect(all.suffix(60).filter { memory[$0] != nil } == model)
        }
        #expect(all.count { memory[$0] != nil } == model.count)
    }

    @Test("An answer that was restored is given again")
    func restored() throws {
        var sequencer = try Sequencer.beforeSmallTree()
        sequencer.restore(Answer(seq: SequenceNumber(0), timestamp: Timestamp(milliseconds: 5)), to: "c1", of: "local")
        #expect(sequencer.take(Patch(.edit(2), "tree/r", id: "c1")) == "repeated #0")
        #expect(sequencer.take(Patch(.edit(2), "tree/r", id: "c2")) == "EDIT tree/r 2 #1")
    }

    @Test("A repeat is known before its base is looked at")
    func repeated() throws {
        var sequencer = try Sequencer.before(#"{"t":"text"}"#)
        let patch = Patch(.edit(.text(.insert("a"))), "tree/t", id: "c1", base: .zero)
        sequencer.take(patch, Patch(.edit("new"), "tree/t"))
        #expect(sequencer.take(patch) == "repeated #1")
    }
}
