import TreenityProtocol

/// A patch at the addresses to which moves have taken what it is about.
struct CarriedPatch {
    /// As its sender made it.
    let original: Patch
    /// As it is to be applied now.
    private(set) var patch: Patch
    /// The moves that changed it, in order.
    private(set) var moves: [Relocation] = []
    /// The addresses in the value of an `EDIT`, once they were asked for.
    private var addresses: Set<TreePath>?

    init(_ patch: Patch) {
        original = patch
        self.patch = patch
    }

    mutating func carry(over move: Relocation, _ effort: inout Effort) throws(Refusal) {
        guard concerns(move) else { return }
        try effort.spend(work(of: move), on: patch)
        patch = patch.carried(over: move)
        moves.append(move)
        addresses = nil
    }

    private func work(of move: Relocation) -> Int {
        guard case .edit(let value) = patch.operation, move.source.isBelow(patch.path) else { return Effort.address }
        return Effort.address + value.text.utf8.count * Effort.byte
    }

    private mutating func concerns(_ move: Relocation) -> Bool {
        if patch.path.isWithin(move.source) { return true }
        switch patch.operation {
        case .move(let target): return target.isWithin(move.source)
        case .edit(let value):
            guard value.isObject, move.source.isBelow(patch.path) else { return false }
            // Once for all moves, which may be many more than concern the patch.
            let known = addresses ?? value.addresses(below: patch.path)
            addresses = known
            return known.contains(move.source)
        case .add, .delete, .execute: return false
        }
    }

    /// - Throws: ``Refusal`` (`invalid-path`) where a move took part of the patch deeper than an address can be.
    func checkDepth() throws(Refusal) {
        guard !moves.isEmpty else { return }
        var deepest = patch.path.depth
        switch patch.operation {
        case .move(let target): deepest = max(deepest, target.depth)
        case .add(let value), .edit(let value):
            deepest = value.addresses(below: patch.path).map(\.depth).max() ?? deepest
        case .delete, .execute: break
        }
        guard deepest >= TreePath.maximumSegments else { return }
        throw Refusal(
            .invalidPath, "what moved took the patch deeper than \(TreePath.maximumSegments) segments",
            path: patch.path)
    }

    /// The names that the sender gave to leaves which have these names, relative to the patch, now.
    func originalNames(of names: [String]) -> [String] {
        guard !names.isEmpty, !moves.isEmpty, case .edit(let value) = original.operation, value.isObject,
            patch.operation != original.operation
        else { return names }
        var originals: [TreePath: String] = [:]
        for leaf in value.leaves {
            let address = moves.reduce(original.path.appending(leaf)) { $1.carry($0) }
            originals[address] = leaf.map(\.escaped).joined(separator: "/")
        }
        return names.map { name in
            let address = try? TreePath(parsing: name.isEmpty ? patch.path.text : "\(patch.path.text)/\(name)")
            return address.flatMap { originals[$0] } ?? name
        }
    }
}

extension Memory {
    /// A patch carried over all moves after its `base`.
    ///
    /// - Complexity: O(moves since), and O(size of the value) for each that took part of the value elsewhere.
    func carried(_ patch: Patch, _ effort: inout Effort) throws(Refusal) -> CarriedPatch {
        var carried = CarriedPatch(patch)
        guard let base = patch.base else { return carried }
        guard base >= moves.horizon else {
            throw Refusal.stale(patch, "what moved since seq \(base.value) is no longer known")
        }
        for move in moves.events(after: base) { try carried.carry(over: move.event, &effort) }
        try carried.checkDepth()
        return carried
    }
}
