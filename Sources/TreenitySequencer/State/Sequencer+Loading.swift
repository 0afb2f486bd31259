import TreenityProtocol
public import TreenityStore

extension Sequencer {
    /// The sequencer of which ``stateChunks()`` were kept. It gives the same verdicts.
    ///
    /// - Throws: ``StateError`` where the state is damaged, or of a newer version than this one reads.
    /// - Complexity: O(size).
    public init(
        restoring chunks: some Sequence<[UInt8]>, bounds: MemoryBounds = MemoryBounds()
    ) throws(StateError) {
        var reader = StateReader(chunks)
        let head = try StateHead(from: &reader)
        self.init(
            tree: try Replica(restoring: head.tree, from: &reader), epoch: head.epoch, seq: head.seq, bounds: bounds)
        for _ in 0..<head.answers {
            try reader.beginRecord()
            try restoreAnswer(from: &reader)
        }
        memory = try Memory(from: &reader, in: tree, bounds: bounds)
        guard reader.isAtEnd() else { throw reader.error("something follows its end") }
    }

    private mutating func restoreAnswer(from reader: inout StateReader) throws(StateError) {
        let key = AnswerMemory.Key(user: try reader.commonText(), id: try reader.text())
        var answer = Answer(
            seq: SequenceNumber(try reader.signed()), timestamp: Timestamp(milliseconds: try reader.timestamp()))
        for _ in 0..<(try reader.count()) { answer.superseded.append(try reader.text()) }
        switch try reader.count(below: 3) {
        case 0: break
        case 1: answer.execution = .running
        default: answer.execution = .finished(try reader.value())
        }
        guard answers[key] == nil else { throw reader.error("two answers have one id") }
        answers.remember(answer, for: key)
    }
}
