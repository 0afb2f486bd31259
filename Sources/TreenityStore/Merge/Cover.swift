import TreenityProtocol

/// The latest deletion of an address or of what lies above it, on a walk down from the root.
struct Cover {
    /// What is known of this address in particular; `.none`: nothing, and nothing below.
    var entry = DeletionStamps.top
    /// What is older stays deleted.
    var deletion: StoredStamp?
}

extension Replica {
    /// The cover of the address one name further down.
    func cover(_ name: UInt32, below above: Cover) -> Cover {
        let entry = deletions.child(name, of: above.entry)
        let mark = deletions.mark(of: entry)
        var deletion = above.deletion
        if let shield = mark.shield, let covering = deletion, !isOlder(shield, than: covering) { deletion = nil }
        if let own = mark.deletion { deletion = deletion.map { later($0, own) } ?? own }
        return Cover(entry: entry, deletion: deletion)
    }

    /// As ``cover(_:below:)-(UInt32,_)``; nothing is known of a name that is not known.
    func cover(_ name: Name, below above: Cover) -> Cover {
        guard let number = names.number(of: name.text) else { return Cover(entry: .none, deletion: above.deletion) }
        return cover(number, below: above)
    }

    func cover(of path: TreePath) -> Cover { path.names.reduce(Cover()) { cover($1, below: $0) } }

    func cover(of way: [UInt32]) -> Cover { way.reduce(Cover()) { cover($1, below: $0) } }

    /// Whether something of this stamp could have been deleted anywhere.
    func mindsDeletions(_ stamp: StoredStamp) -> Bool { stamp.timestamp <= deletions.newest }

    /// Whether what is written with this stamp stays deleted.
    func isDead(_ stamp: StoredStamp, under cover: Cover) -> Bool {
        cover.deletion.map { isOlder(stamp, than: $0) } ?? false
    }
}
