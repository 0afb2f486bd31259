import TreenityProtocol
public import TreenityStore

extension Sequencer {
    /// The sequencer of which ``stateChunks()`` were kept. It gives the same verdicts, but that a patch with a `base`
    /// before the state is stale.
    ///
    /// - Throws: ``StateError`` where the state is damaged, or of a newer version than this one reads.
    /// - Complexity: O(size).
    public init(
        restoring chunks: some Sequence<[UInt8]>, bounds: MemoryBounds = MemoryBounds()
    ) throws(StateError) {
        var reader = StateReader(chunks)
        try reader.beginRecord()
        guard try reader.text() == StateFormat.name else { throw StateError("this is no saved state") }
        let version = try reader.count()
        guard version == StateFormat.version else {
            throw StateError("the state is of version \(version), and only version \(StateFormat.version) can be read")
        }
        let epoch = try reader.text()
        let seq = SequenceNumber(try reader.signed())
        let answers = try reader.count()
        self.init(tree: try Replica(restoringFrom: &reader), epoch: epoch, seq: seq, bounds: bounds)
        for _ in 0..<answers {
            try reader.beginRecord()
            try restoreAnswer(from: &reader)
        }
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
        default: answer.execution = .finished(try value(from: &reader))
        }
        guard answers[key] == nil else { throw reader.error("two answers have one id") }
        answers.remember(answer, for: key)
    }

    private func value(from reader: inout StateReader) throws(StateError) -> JSONValue {
        guard let value = try? JSONValue(parsing: try reader.text()) else { throw reader.error("a result is no JSON") }
        return value
    }
}
