public import TreenityProtocol

public final class MemoryArchive: PatchArchive {
    public init() {}
    public func append(_ patches: [ArchivedPatch]) async throws(LogFailure) {}
    public func history(
        of path: TreePath, before: SequenceNumber?, limit: Int
    ) async throws(LogFailure) -> (patches: [ArchivedPatch], more: Bool) { ([], false) }
}
