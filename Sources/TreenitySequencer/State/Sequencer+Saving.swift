import TreenityProtocol
import TreenityStore

extension Sequencer {
    /// The state as bytes, in parts of about 256 KiB, which are made as they are asked for: all that bears on later
    /// verdicts. ``init(restoring:bounds:)`` reads it.
    ///
    /// The first line says as JSON what follows. A part ends with a node, a deletion, an answer or something remembered:
    /// one of these that is larger makes a larger part. Beside the sequencer's copy, which shares its storage, one part is held at a time.
    ///
    /// - Complexity: O(1), and O(size of the tree and number of answers) for all parts.
    public func stateChunks() -> some Sequence<[UInt8]> & Sendable { SequencerState(self) }
}

/// A sequencer as the parts of its state.
private struct SequencerState: Sequence, Sendable {
    private let sequencer: Sequencer

    init(_ sequencer: Sequencer) {
        self.sequencer = sequencer
    }

    func makeIterator() -> Iterator { Iterator(sequencer) }

    struct Iterator: IteratorProtocol {
        private static let chunkBytes = 256 << 10

        private var writer = StateWriter()
        private var tree: ReplicaSaving
        private var answers: any IteratorProtocol<(key: AnswerMemory.Key, answer: Answer)>
        private var memory: MemorySaving

        init(_ sequencer: Sequencer) {
            tree = ReplicaSaving(sequencer.tree)
            answers = sequencer.answers.remembered.makeIterator()
            memory = MemorySaving(sequencer.memory, in: sequencer.tree)
            writer.put(
                StateHead(
                    epoch: sequencer.epoch, seq: sequencer.seq, tree: tree.head, answers: sequencer.answers.count
                ).json)
        }

        mutating func next() -> [UInt8]? {
            while writer.bytes.count < Iterator.chunkBytes {
                if tree.writeNext(to: &writer) { continue }
                if let (key, answer) = answers.next() {
                    write(key, answer)
                } else if !memory.writeNext(to: &writer) {
                    break
                }
            }
            return writer.bytes.isEmpty ? nil : writer.takeBytes()
        }

        private mutating func write(_ key: AnswerMemory.Key, _ answer: Answer) {
            writer.put(common: key.user)
            writer.put(key.id)
            writer.put(signed: answer.seq.value)
            writer.put(timestamp: answer.timestamp.milliseconds)
            writer.put(answer.superseded.count)
            for leaf in answer.superseded { writer.put(leaf) }
            switch answer.execution {
            case nil: writer.put(0)
            case .running: writer.put(1)
            case .finished(let value):
                writer.put(2)
                writer.put(value)
            }
        }
    }
}
