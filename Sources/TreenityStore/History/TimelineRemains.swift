/// What a timeline remembered that nobody goes through any more, to be let go of in pieces.
///
/// What the history has forgotten meanwhile lies here alone: freeing all of it at once takes longer than a picture may.
public struct TimelineRemains: Sendable {
    private var ahead: ChunkedQueue<Rewound>
    private var items: ChunkedQueue<History.Item>

    /// All that is in a timeline, but for its tree.
    public init(of timeline: Timeline) {
        ahead = timeline.ahead
        items = timeline.history.items
    }

    /// Whether all of it is gone.
    public var isEmpty: Bool { ahead.count == 0 && items.count == 0 }

    /// Lets go of the next piece: a few hundred changes. O(what they did), and O(1) where the history has them too.
    public mutating func releasePiece() {
        if ahead.count > 0 { ahead.removeFirstChunk() } else { items.removeFirstChunk() }
    }
}
