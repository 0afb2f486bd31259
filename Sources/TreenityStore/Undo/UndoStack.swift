public import TreenityProtocol

/// What its user did, to be undone and redone by patches like any others.
///
/// It is told of the user's own edits when they are made, with their inverses, and of everybody else's when they arrive,
/// because they move and delete what a deed was about. Before anything is sent it says what an undo would do, and what
/// others have changed since. It holds patches and stamps only, nothing of a replica.
///
/// An undo is an edit like any other: begun by ``begin(_:id:)``, made as what that gives, and told of by
/// ``userDid(_:_:undoneBy:in:)``, which puts it on the other side. An edit that the server refuses has not happened.
public struct UndoStack: Hashable, Sendable {
    private(set) var undoable: [Deed] = []
    private(set) var redoable: [Deed] = []
    /// Undos and redos that the server has not answered, by their `id`s, with the deeds that they were for.
    private var underWay: [String: UnderWay] = [:]
    /// What changed addresses, through which those of a deed are followed once they are asked for.
    private var passages: [OwnedPassage] = []
    private var forgottenPassages = 0

    private struct UnderWay: Hashable {
        var deed: Deed
        var direction: Direction
    }

    /// A passage, and the `id` of the user's own edit that it came with.
    private struct OwnedPassage: Hashable {
        var passage: Passage
        var id: String?
    }

    /// Which way a deed goes.
    public enum Direction: Hashable, Sendable {
        /// Back to what was before.
        case undo
        /// Forth to what had been undone.
        case redo
    }

    /// The most deeds that can be undone; the oldest are forgotten first.
    public static let maximumCount = 1_000
    /// About the most bytes that their patches take.
    public static let maximumBytes = 16 << 20
    /// The most moves and deletions that are followed; deeds from before are forgotten with them.
    public static let maximumPassages = 1 << 16

    /// A stack of nothing.
    public init() {}

    /// A stack of which all is known.
    init(undoable: [Deed], redoable: [Deed], passageCount: Int) {
        (self.undoable, self.redoable, forgottenPassages) = (undoable, redoable, passageCount)
    }

    /// Whether there is something to undo, or to redo.
    public func canGo(_ direction: Direction) -> Bool { !deeds(direction).isEmpty }

    // MARK: What happened

    /// Somebody else's patch took effect. O(1).
    public mutating func othersDid(_ change: Change) {
        _ = follow(change, id: nil)
    }

    /// The user has edited: a new deed, or the undo or redo that was begun under this `id`.
    ///
    /// - Parameters:
    ///   - id: the `id` of the patch or batch.
    ///   - changes: what each patch did, in order.
    ///   - inverse: what undoes all of them, in the order in which it is to be sent (``Replica/inverse(of:)`` of each, the
    ///     last one first).
    ///   - tree: as they left it.
    public mutating func userDid(_ id: String, _ changes: [Change], undoneBy inverse: [Patch], in tree: Replica) {
        let begun = underWay[id]
        let removals = changes.compactMap { follow($0, id: id) }
        passages += (begun?.deed.removals ?? []).map { OwnedPassage(passage: .restored(number: $0), id: id) }
        guard !inverse.isEmpty else { return }
        let deed = Deed(id, changes, inverse, in: tree, removals: removals, passagesBefore: passageCount)
        switch begun?.direction {
        case nil:
            redoable = []
            undoable.append(deed)
        case .undo: redoable.append(deed)
        case .redo: undoable.append(deed)
        }
        forgetOldest()
    }

    /// The server has taken an edit.
    public mutating func acknowledged(_ id: String) {
        underWay[id] = nil
    }

    /// The server has refused an edit: it has not happened, and what it was to undo can still be undone.
    ///
    /// O(moves, deletions and deeds that are remembered).
    public mutating func refused(_ id: String) {
        undoable.removeAll { $0.id == id }
        redoable.removeAll { $0.id == id }
        for place in passages.indices where passages[place].id == id { passages[place].passage = .withdrawn }
        guard let begun = underWay.removeValue(forKey: id) else { return }
        switch begun.direction {
        case .undo: undoable.append(begun.deed)
        case .redo: redoable.append(begun.deed)
        }
    }

    /// How much has happened, forgotten or not.
    var passageCount: Int { forgottenPassages + passages.count }

    /// - Returns: the number of the passage in which something went.
    private mutating func follow(_ change: Change, id: String?) -> Int? {
        guard !change.effects.isEmpty else { return nil }
        forgetPassages()
        switch change.patch.operation {
        case .move(let target):
            let move = Relocation(from: change.patch.path, to: target)
            passages.append(OwnedPassage(passage: .moved(move), id: id))
            return nil
        case .delete:
            passages.append(OwnedPassage(passage: .removed(change.patch.path, number: passageCount), id: id))
            return passageCount - 1
        case .add, .edit, .execute: return nil
        }
    }

    private mutating func forgetPassages() {
        guard passages.count > UndoStack.maximumPassages else { return }
        let forgotten = passages.count / 2
        forgottenPassages += forgotten
        passages.removeFirst(forgotten)
        undoable.removeAll { $0.passagesBefore < forgottenPassages }
        redoable.removeAll { $0.passagesBefore < forgottenPassages }
        underWay = underWay.filter { $0.value.deed.passagesBefore >= forgottenPassages }
    }

    private mutating func forgetOldest() {
        var bytes = undoable.reduce(0) { $0 + $1.bytes }
        while undoable.count > UndoStack.maximumCount || bytes > UndoStack.maximumBytes, let oldest = undoable.first {
            bytes -= oldest.bytes
            undoable.removeFirst()
        }
    }

    // MARK: Undo and redo

    /// What undoing or redoing the latest deed means now; `nil`: there is none.
    ///
    /// O(moves and deletions since the deed, and size of what it would remove).
    public func plan(_ direction: Direction, in tree: Replica) -> UndoPlan? {
        deeds(direction).last.map { UndoPlan(followed($0), in: tree) }
    }

    /// The patches of the plan go out under this `id`, as one batch. O(moves and deletions since the deed).
    ///
    /// - Returns: the patches, in order, without timestamps; `nil`: there is nothing to undo or redo.
    public mutating func begin(_ direction: Direction, id: String) -> [Patch]? {
        guard let deed = deeds(direction).last else { return nil }
        switch direction {
        case .undo: undoable.removeLast()
        case .redo: redoable.removeLast()
        }
        underWay[id] = UnderWay(deed: deed, direction: direction)
        return followed(deed).inverse
    }

    private func deeds(_ direction: Direction) -> [Deed] {
        switch direction {
        case .undo: undoable
        case .redo: redoable
        }
    }

    /// A deed as it is now.
    private func followed(_ deed: Deed) -> Deed {
        deed.passing(passages(since: deed.passagesBefore), upTo: passageCount)
    }

    /// What changed addresses after so much had happened.
    func passages(since count: Int) -> Passages {
        Passages(passages[(count - forgottenPassages)...].map(\.passage), first: count)
    }
}
