import TreenityProtocol
import TreenityStore

/// Where others were told last that our cursor is.
struct Announcement: Sendable {
    private var path: TreePath?
    private var at = Timestamp(milliseconds: .min / 2)

    /// Between two announcements, in milliseconds: others are told twice a second at most.
    static let interval: Int64 = 500

    /// What others are to be told now.
    ///
    /// - Parameter path: where the cursor is; `nil`: out of view.
    mutating func next(_ path: TreePath?, at now: Timestamp) -> Effect? {
        guard path != self.path, now.milliseconds - at.milliseconds >= Announcement.interval else { return nil }
        self.path = path
        at = now
        return .network(.tellPresence(path))
    }
}

extension Model {
    /// Tells others where our cursor is, where that has changed, and where the user wants it.
    mutating func announce() -> [Effect] {
        guard connection.session?.welcome != nil, !isFrozen else { return [] }
        let isTold = settings.tellsPresence && !isLoading
        let path = isTold ? outline.node.flatMap { tree.contains($0) ? tree.path(of: $0) : nil } : nil
        return announcement.next(path, at: now).map { [$0] } ?? []
    }
}
