import TreenityProtocol

/// One thing that a user did: what undoes it, and what it left, by which one sees whether others were there since.
struct Deed: Hashable, Sendable {
    /// Under which its patches were sent.
    let id: String
    private(set) var steps: [InverseStep]
    private(set) var marks: [DeedMark]
    /// Who did it.
    let sender: String
    /// How many nodes come back with the inverse.
    let restoredCount: Int
    /// The numbers of the passages in which something went, and comes back with the inverse.
    let removals: [Int]
    /// How much had happened when it was done.
    private(set) var passagesBefore: Int

    /// - Parameter tree: as the changes left it.
    init(
        _ id: String, _ changes: [Change], _ inverse: [Patch], in tree: Replica, removals: [Int], passagesBefore: Int
    ) {
        self.id = id
        let restored = Set(inverse.compactMap(Deed.restored(by:)))
        steps = inverse.map { InverseStep($0, restored: restored) }
        self.removals = removals
        self.passagesBefore = passagesBefore
        sender = changes.first?.patch.sender ?? ""
        marks = changes.flatMap { change in
            change.effects.flatMap { DeedMark.left(by: $0, of: change, restored: restored, in: tree) }
        }
        restoredCount = changes.flatMap(\.effects).reduce(0) { count, effect in
            if case .removed(let subtree) = effect { count + subtree.count } else { count }
        }
    }

    /// Where a patch of an inverse brings something back.
    private static func restored(by patch: Patch) -> TreePath? {
        switch patch.operation {
        case .add: patch.path
        case .move(let target): target
        case .edit, .delete, .execute: nil
        }
    }

    /// A deed of which all is known.
    init(
        id: String, steps: [InverseStep], marks: [DeedMark], sender: String, restoredCount: Int, removals: [Int],
        passagesBefore: Int
    ) {
        (self.id, self.steps, self.marks, self.sender) = (id, steps, marks, sender)
        (self.restoredCount, self.removals, self.passagesBefore) = (restoredCount, removals, passagesBefore)
    }

    /// What undoes it, in the order in which it is to be sent, without timestamps.
    var inverse: [Patch] { steps.map(\.patch) }

    /// As it is after all passages since it was done, of which so many have been in all by then.
    func passing(_ passages: Passages, upTo count: Int) -> Deed {
        var deed = self
        deed.steps = steps.map { $0.passing(passages, from: passagesBefore) }
        deed.marks = marks.map { $0.passing(passages, from: passagesBefore) }
        deed.passagesBefore = count
        return deed
    }

    /// About how many bytes it takes.
    var bytes: Int {
        steps.reduce(0) { $0 + MemoryLayout<InverseStep>.stride + $1.patch.bytesApart }
            + marks.reduce(0) { $0 + MemoryLayout<DeedMark>.stride + $1.path.text.utf8.count }
    }
}
