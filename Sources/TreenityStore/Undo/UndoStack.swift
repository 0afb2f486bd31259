public import TreenityProtocol

/// What its user did, to be undone and redone by patches like any others.
///
/// It is told of every patch that the server has put in order: of the user's own ones with their inverses, of all others
/// because they move and delete what a deed was about. Before anything is sent it says what an undo would do, and what others
/// have changed since. It holds patches and stamps only, nothing of a replica.
///
/// A deed is in one of three places: among those to undo, among those to redo, or under way from one to the other until
/// the server has answered.
public struct UndoStack: Sendable {
    private var undoable: [Deed] = []
    private var redoable: [Deed] = []
    private var underWay: [String: (deed: Deed, direction: Direction)] = [:]
    /// What changed addresses, through which those of a deed are followed once they are asked for.
    private var passages: [Passage] = []
    private var forgottenPassages = 0

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

    /// Whether there is something to undo, or to redo.
    public func canGo(_ direction: Direction) -> Bool { !deeds(direction).isEmpty }

    // MARK: What happened

    /// Somebody else's patch took effect. O(1).
    public mutating func othersDid(_ change: Change) {
        _ = follow(change)
    }

    /// A patch or batch of the user took effect: a new deed, or what was asked for by ``begin(_:id:)``.
    ///
    /// - Parameters:
    ///   - id: its `id`.
    ///   - changes: what each patch did, in order.
    ///   - inverse: what undoes all of them, in the order in which it is to be sent (``Replica/inverse(of:)`` of each, the
    ///     last one first).
    ///   - tree: as they left it.
    public mutating func userDid(_ id: String, _ changes: [Change], undoneBy inverse: [Patch], in tree: Replica) {
        let came = underWay.removeValue(forKey: id)
        let removals = changes.compactMap { follow($0) }
        passages += (came?.deed.removals ?? []).map { .restored(number: $0) }
        guard !inverse.isEmpty else { return }
        let deed = Deed(changes, inverse, in: tree, removals: removals, passagesBefore: passageCount)
        switch came?.direction {
        case nil:
            redoable = []
            undoable.append(deed)
        case .undo: redoable.append(deed)
        case .redo: undoable.append(deed)
        }
        forgetOldest()
    }

    /// The server has refused a patch or batch, or it had no effect: what it was to undo can still be undone.
    public mutating func refused(_ id: String) {
        guard let (deed, direction) = underWay.removeValue(forKey: id) else { return }
        switch direction {
        case .undo: undoable.append(deed)
        case .redo: redoable.append(deed)
        }
    }

    /// How much has happened, forgotten or not.
    private var passageCount: Int { forgottenPassages + passages.count }

    /// - Returns: the number of the passage in which something went.
    private mutating func follow(_ change: Change) -> Int? {
        guard !change.effects.isEmpty else { return nil }
        forgetPassages()
        switch change.patch.operation {
        case .move(let target):
            passages.append(.moved(Relocation(from: change.patch.path, to: target)))
            return nil
        case .delete:
            passages.append(.removed(change.patch.path, number: passageCount))
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
        underWay[id] = (deed, direction)
        return followed(deed).inverse
    }

    private func deeds(_ direction: Direction) -> [Deed] {
        switch direction {
        case .undo: undoable
        case .redo: redoable
        }
    }

    private func followed(_ deed: Deed) -> Deed { deed.passing(passages[(deed.passagesBefore - forgottenPassages)...]) }
}
