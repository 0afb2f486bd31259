import TreenityLog
import TreenityProtocol

/// The answer to a `HISTORY`: out of the archive, as far as the view allows.
struct HistorySource: FrameSource {
    private let query: HistoryQuery
    private let view: View
    private let limit: Int
    private let archive: any PatchArchive
    private let pending: Pile<ArchivedPatch>

    /// - Parameters:
    ///   - view: what may be seen, at the query's path and at earlier addresses.
    ///   - pending: what is on its way into the archive; the answer comes behind that.
    init(
        _ query: HistoryQuery, _ view: View, limit: Int, of archive: any PatchArchive,
        behind pending: Pile<ArchivedPatch>
    ) {
        self.query = query
        self.view = view
        self.limit = limit
        self.archive = archive
        self.pending = pending
    }

    func write<Failure: Error>(_ send: (ServerFrame) async throws(Failure) -> Void) async throws(Failure) {
        await pending.wait(untilAtMost: 0)
        try await send(await answer())
    }

    private func answer() async -> ServerFrame {
        var found: [HistoricalPatch] = []
        var before = query.before
        do {
            while true {
                let page = try await archive.history(of: query.path, before: before, limit: limit - found.count)
                found += page.patches.compactMap { $0.narrowed(to: view) }
                before = page.patches.last?.patch.seq ?? before
                guard page.more, found.count < limit else {
                    return .history(id: query.id, patches: found, more: page.more)
                }
            }
        } catch {
            return .error(id: query.id, Refusal(.unavailable, "the history cannot be read: \(error)", path: query.path))
        }
    }
}
