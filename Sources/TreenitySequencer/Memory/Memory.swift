import TreenityProtocol
import TreenityStore

/// What has happened of late, as far as it bears on patches that were made without knowing of it.
struct Memory: Sendable {
    private(set) var moves: Chronicle<Relocation>
    private(set) var writes: Chronicle<PropertyWrite>
    private(set) var texts: TextMemory
    private let bounds: MemoryBounds

    /// All that a ``MemorySaving`` wrote.
    init(
        moves: Chronicle<Relocation>, writes: Chronicle<PropertyWrite>, texts: TextMemory, bounds: MemoryBounds
    ) {
        self.moves = moves
        self.writes = writes
        self.texts = texts
        self.bounds = bounds
    }

    /// Nothing is known of what came up to a place.
    init(after seq: SequenceNumber, bounds: MemoryBounds) {
        moves = Chronicle(after: seq)
        writes = Chronicle(after: seq)
        texts = TextMemory(after: seq)
        self.bounds = bounds
    }

    /// A patch took effect.
    ///
    /// - Parameter edits: the text edits in it, as they were applied.
    mutating func note(_ change: Change, _ edits: [PropertyKey: TextEdit], at seq: SequenceNumber) {
        if case .move(let target) = change.patch.operation {
            moves.append(Relocation(from: change.patch.path, to: target), at: seq)
            noteRenaming(change.effects, at: seq)
            return
        }
        for effect in change.effects {
            switch effect {
            case .property(let property): note(property.key, edits, at: seq)
            case .added(let node): writes.append(.created(node), at: seq)
            case .removed, .moved, .count: break
            }
        }
    }

    private mutating func note(_ key: PropertyKey, _ edits: [PropertyKey: TextEdit], at seq: SequenceNumber) {
        writes.append(.written(key), at: seq)
        if !edits.isEmpty, let edit = edits[key] {
            texts.append(edit, of: key, at: seq)
        } else {
            texts.end(key)
        }
    }

    /// A property that moves goes from one place and comes to another.
    private mutating func noteRenaming(_ effects: [Change.Effect], at seq: SequenceNumber) {
        var source: PropertyKey?
        for case .property(let change) in effects {
            guard let from = source else {
                source = change.key
                continue
            }
            writes.append(.renamed(from: from, to: change.key), at: seq)
            texts.rename(from, to: change.key)
        }
    }

    // MARK: Decisions

    /// What was noted stands: forgets what is beyond the bounds.
    mutating func settle() {
        moves.keep(newest: bounds.moves)
        writes.keep(newest: bounds.writes)
        texts.keep(newest: bounds.textEdits, bytes: bounds.textEditBytes)
    }

    /// What was noted after a place has not happened. Nothing was forgotten since, as nothing was settled.
    ///
    /// - Parameter texts: as they were at that place.
    mutating func takeBack(after seq: SequenceNumber, texts: TextMemory) {
        moves.takeBack(after: seq)
        writes.takeBack(after: seq)
        self.texts = texts
    }
}
