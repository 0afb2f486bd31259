import TreenityProtocol

/// One thing that a user did: what undoes it, and what it left, by which one sees whether others were there since.
struct Deed: Sendable {
    /// Under which its patches were sent.
    let id: String
    private var steps: [InverseStep]
    private(set) var marks: [DeedMark]
    /// Who did it.
    let sender: String
    /// How many nodes come back with the inverse.
    let restoredCount: Int
    /// The numbers of the passages in which something went, and comes back with the inverse.
    let removals: [Int]
    /// How much had happened when it was done.
    let passagesBefore: Int

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

    /// What undoes it, in the order in which it is to be sent, without timestamps.
    var inverse: [Patch] { steps.map(\.patch) }

    func passing(_ passages: some Sequence<Passage>) -> Deed {
        var deed = self
        for passage in passages {
            deed.steps = deed.steps.map { $0.passing(passage) }
            deed.marks = deed.marks.map { $0.passing(passage) }
        }
        return deed
    }

    /// About how many bytes it takes.
    var bytes: Int {
        steps.reduce(0) { $0 + MemoryLayout<InverseStep>.stride + $1.patch.bytesApart }
            + marks.reduce(0) { $0 + MemoryLayout<DeedMark>.stride + $1.path.text.utf8.count }
    }
}

/// A patch of an inverse, with its addresses as they are followed.
private struct InverseStep: Sendable {
    private let operation: Patch.Operation
    private var address: DeedAddress
    private var target: DeedAddress?

    init(_ patch: Patch, restored: Set<TreePath>) {
        operation = patch.operation
        switch patch.operation {
        case .add: address = DeedAddress(gap: patch.path, restored: restored)
        case .move(let target):
            address = DeedAddress(patch.path)
            self.target = DeedAddress(gap: target, restored: restored)
        case .edit, .delete, .execute: address = DeedAddress(patch.path)
        }
    }

    var patch: Patch {
        if let target { return Patch(.move(to: target.path), address.path) }
        return Patch(operation, address.path)
    }

    func passing(_ passage: Passage) -> InverseStep {
        var step = self
        step.address = address.passing(passage)
        step.target = target?.passing(passage)
        return step
    }
}
