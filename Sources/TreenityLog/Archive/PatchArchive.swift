public import TreenityProtocol

/// Where admitted patches are kept for those who ask what happened. It follows the log: what is lost of it by a crash is
/// written again when the log is read again.
public protocol PatchArchive: Sendable {
    /// Keeps patches. Those of a `seq` that is kept already are left as they are.
    ///
    /// - Parameter patches: in order.
    /// - Throws: ``LogFailure`` where they could not be kept; the same may be given again later.
    func append(_ patches: [ArchivedPatch]) async throws(LogFailure)

    /// Patches that changed what is now at a path, newest first.
    ///
    /// These are: those at the path or below it; those above it of which the value reaches it, or that removed or moved
    /// it; and, before what is there came by a `MOVE`, those of its earlier address.
    ///
    /// - Parameters:
    ///   - path: where it is now; it need not exist any more.
    ///   - before: only patches of a smaller `seq`; the addresses are followed all the same. `nil`: from the newest on.
    ///   - limit: at most so many.
    /// - Returns: the patches, and whether there are older ones.
    /// - Throws: ``LogFailure`` where it cannot be read.
    func history(
        of path: TreePath, before: SequenceNumber?, limit: Int
    ) async throws(LogFailure) -> (patches: [ArchivedPatch], more: Bool)
}

/// An admitted patch, and what it replaced.
public struct ArchivedPatch: Hashable, Sendable {
    /// As everyone got it; it has a `seq`.
    public var patch: Patch
    /// What it replaced: for an `EDIT` of a node an object of the leaves that were there before, for a property its value,
    /// for a `DELETE` all that was there; `nil`: nothing.
    public var previous: JSONValue?
    /// When it was admitted.
    public var received: Timestamp

    /// A patch and what it replaced.
    public init(patch: Patch, previous: JSONValue?, received: Timestamp) {
        self.patch = patch
        self.previous = previous
        self.received = received
    }
}
