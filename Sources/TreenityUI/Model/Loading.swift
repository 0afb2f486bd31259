import TreenityProtocol
import TreenityStore

/// How much of the tree is here or under way: all of it, or, where that would be too much, what is shown.
struct Loading: Sendable {
    /// The subscriptions that the tree comes by.
    enum Extent: String, Sendable {
        /// Everything.
        case whole
        /// The first level; what is unfolded is loaded then.
        case parts
    }

    var extent = Extent.whole
    /// Whether the tree has come at all over this connection.
    var isUnderWay = false
    /// Nodes whose children are being loaded, by the subscription that brings them.
    private(set) var asked: [String: NodeID] = [:]
    /// Where to go as soon as it is here.
    var awaited: AwaitedPlace?
    private var count = 0
    private var lastInquiry = Timestamp(milliseconds: 0)

    /// The first level, ahead of everything, so that there is something to see.
    static let first = Subscription(id: "first", path: .root, depth: 1)

    /// What the tree comes by.
    var subscription: Subscription {
        Subscription(id: extent.rawValue, path: .root, depth: extent == .whole ? nil : 1)
    }

    /// Whether a snapshot belongs to what is wanted now.
    func isWanted(_ id: String) -> Bool {
        id == extent.rawValue || id == Loading.first.id || asked[id] != nil || isInquiry(id)
    }

    /// Whether a snapshot only brings more of a tree that is kept true by other means.
    func refines(_ id: String) -> Bool { asked[id] != nil || isInquiry(id) }

    private func isInquiry(_ id: String) -> Bool { id.hasPrefix("inquiry") }

    func isAsked(_ node: NodeID) -> Bool { asked.values.contains(node) }

    /// A subscription that brings the children of a node.
    mutating func ask(_ node: NodeID, at path: TreePath) -> Subscription {
        count += 1
        let id = "children-\(count)"
        asked[id] = node
        return Subscription(id: id, path: path, depth: 1)
    }

    /// Whether there may be further inquiries: much that happens makes no more doubts than little, so that they may wait.
    func mayInquire(at now: Timestamp) -> Bool {
        let pause = now.milliseconds - lastInquiry.milliseconds
        return pause < 0 || pause >= 1_000
    }

    /// A subscription that makes a node certain.
    mutating func inquire(at path: TreePath, _ now: Timestamp) -> Subscription {
        lastInquiry = now
        count += 1
        return Subscription(id: "inquiry-\(count)", path: path, depth: 0)
    }

    /// A snapshot is complete, or will not come.
    mutating func answered(_ id: String) { asked[id] = nil }

    /// What was asked for is asked for again over the next connection, as far as it is still wanted.
    mutating func connectionLost() -> [String] {
        defer { asked = [:] }
        isUnderWay = false
        return Array(asked.keys)
    }
}
