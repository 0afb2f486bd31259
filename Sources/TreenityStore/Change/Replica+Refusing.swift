import TreenityProtocol

/// What is said where a patch cannot be applied.
extension Replica {
    @inline(never)
    func notFound(_ path: TreePath) -> Refusal { Refusal(.notFound, "nothing is at \(path)", path: path) }

    @inline(never)
    func exists(_ path: TreePath) -> Refusal { Refusal(.exists, "\(path) exists already", path: path) }

    @inline(never)
    func blocked(_ path: TreePath) -> Refusal {
        Refusal(.typeMismatch, "a property is on the way to \(path), which can hold nothing", path: path)
    }

    /// What the patch is about lies below a node that is not loaded, or may do so.
    @inline(never)
    func notLoaded(_ slot: Int32, _ draft: Draft) -> Refusal {
        let place = path(of: id(slot))
        return Refusal(.unavailable, "what is in \(place) is not loaded yet: unfold it first", path: draft.path)
    }

    @inline(never)
    func isNode(_ place: TreePath, _ draft: Draft) -> Refusal {
        Refusal(.typeMismatch, "\(place) is a node and takes an object only", path: draft.path)
    }

    @inline(never)
    func isProperty(_ place: TreePath, _ draft: Draft) -> Refusal {
        Refusal(.typeMismatch, "\(place) is a property and takes no object", path: draft.path)
    }

    @inline(never)
    func noText(_ place: TreePath, _ draft: Draft) -> Refusal {
        Refusal(.stale, "the text edit does not fit what is at \(place)", path: draft.path)
    }

    @inline(never)
    func superseded(_ path: TreePath, by stamp: StoredStamp) -> Refusal {
        let sender = senders[stamp.sender]
        let who = sender.isEmpty ? "somebody" : sender
        return Refusal(.superseded, "\(who) changed something in \(path) since", path: path)
    }
}
