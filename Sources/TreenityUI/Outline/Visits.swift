import TreenityStore

/// Where the user was before each jump, the newest last.
struct Visits: Sendable {
    struct Visit: Equatable, Sendable {
        var top: NodeID
        var node: NodeID
    }

    private(set) var all: [Visit] = []

    private static let most = 100

    mutating func left(top: NodeID, node: NodeID) {
        let visit = Visit(top: top, node: node)
        if all.last == visit { return }
        all.append(visit)
        if all.count > Visits.most { all.removeFirst() }
    }

    mutating func takeLast() -> Visit? { all.popLast() }
}
