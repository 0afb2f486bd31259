import TreenityProtocol

/// What is left unfinished, the oldest first: at most one text of a kind for a place.
struct Drafts: Equatable, Sendable {
    private(set) var all: [Draft] = []

    var isEmpty: Bool { all.isEmpty }

    subscript(_ key: Draft.Key) -> Draft? { all.first { $0.key == key } }

    mutating func keep(_ draft: Draft) {
        drop(draft.key)
        all.append(draft)
    }

    mutating func drop(_ key: Draft.Key) { all.removeAll { $0.key == key } }

    /// Drafts follow what they are about.
    mutating func carry(over move: Relocation) {
        for place in all.indices { all[place].path = move.carry(all[place].path) }
    }

    /// Takes up what an earlier run left, before what this one has.
    mutating func restore(_ earlier: [Draft]) {
        let ours = all
        all = []
        for draft in earlier + ours { keep(draft) }
    }
}

extension Draft {
    /// By which a draft is found.
    struct Key: Hashable, Sendable {
        var kind: Kind
        var path: TreePath
    }

    var key: Key { Key(kind: kind, path: path) }
}
