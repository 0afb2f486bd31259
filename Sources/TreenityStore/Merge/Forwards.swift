import TreenityProtocol

/// Where things went: what is older than a move and names an address within its source is meant for its target.
///
/// For patches that nobody has put in order. At most ``maximumCount`` moves are remembered.
struct Forwards: Sendable {
    private(set) var moves: [(move: Relocation, stamp: StoredStamp)] = []

    /// The most moves that are remembered.
    static let maximumCount = 4_096

    /// The time of the newest move.
    private(set) var newest = Int64.min

    mutating func append(_ move: Relocation, stamp: StoredStamp) {
        moves.append((move, stamp))
        newest = max(newest, stamp.timestamp)
        if moves.count > Forwards.maximumCount * 2 { moves.removeFirst(moves.count - Forwards.maximumCount) }
    }

    /// Takes back the latest move, unless it is forgotten.
    ///
    /// - Returns: what was taken back.
    @discardableResult
    mutating func removeLast() -> (move: Relocation, stamp: StoredStamp)? { moves.popLast() }
}
