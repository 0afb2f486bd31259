import TreenityProtocol

/// One node as it is stored: its place among its family, and its properties.
struct NodeRecord: Sendable {
    /// Tells this node from earlier ones in the same slot.
    var generation: UInt32
    var name: UInt32
    var parent: Int32
    var firstChild: Int32 = .none
    var lastChild: Int32 = .none
    var previous: Int32 = .none
    var next: Int32 = .none
    var childCount: Int32 = 0
    /// Another number whenever a child comes, goes or is renamed.
    var childrenVersion: UInt32 = 0
    /// The parent's number when the node came to its place.
    var placeVersion: UInt32 = 0
    /// Who gave the node its place, and when.
    var sender: UInt32
    var timestamp: Int64
    var properties: [StoredProperty] = []
}

/// One property as it is stored.
struct StoredProperty: Sendable {
    var key: UInt32
    var sender: UInt32
    var timestamp: Int64
    var value: JSONValue
}

extension Int32 {
    /// The slot of no node.
    static let none: Int32 = -1
}
