import TreenityProtocol

/// One node as it is stored: its place among its family. 64 bytes, all of them plain numbers.
struct NodeRecord: Sendable {
    /// Tells this node from earlier ones in the same slot.
    var generation: UInt32
    var name: UInt32
    var parent: Int32 = .none
    var firstChild: Int32 = .none
    var lastChild: Int32 = .none
    var previous: Int32 = .none
    var next: Int32 = .none
    var childCount: Int32 = 0
    var firstProperty: Int32 = .none
    /// Another number whenever a child comes, goes or is renamed.
    var childrenVersion: UInt32 = 0
    /// The parent's number when the node came to its place.
    var placeVersion: UInt32 = 0
    /// When and by whom the node was written, as far as that is not said by its properties.
    var stamp: StoredStamp
}

/// One property as it is stored, a link in the list of its node's properties. 40 bytes.
struct PropertyRecord: Sendable {
    var key: UInt32
    var next: Int32 = .none
    var stamp: StoredStamp
    var value: JSONValue
}

/// A stamp with its sender as a number.
struct StoredStamp: Hashable, Sendable {
    var timestamp: Int64
    var sender: UInt32
}

extension Int32 {
    /// The slot of nothing.
    static let none: Int32 = -1
}
