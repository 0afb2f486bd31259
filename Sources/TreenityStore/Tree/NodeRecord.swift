import TreenityProtocol

/// One node as it is stored: its place among its family. 72 bytes of plain numbers; what finding a node reads stands first.
struct NodeRecord: Sendable {
    var name: NameKey
    var parent: Int32 = .none
    /// Where its properties are.
    var block: Int32 = .none
    /// Tells this node from earlier ones in the same slot.
    var generation: UInt32
    var firstChild: Int32 = .none
    var lastChild: Int32 = .none
    var previous: Int32 = .none
    var next: Int32 = .none
    /// How many children it has. Where none of them is in the replica, this is a ``ChildCount`` as that stores itself.
    var childCount: Int32 = 0
    /// Another number whenever a child comes, goes or is renamed.
    var childrenVersion: UInt32 = 0
    /// The parent's number when the node came to its place.
    var placeVersion: UInt32 = 0
    /// When and by whom the node was written, as far as that is not said by its properties.
    var stamp: StoredStamp

    /// Whether its children are in the replica, if it has any.
    var isLoaded: Bool { firstChild != .none || childCount == 0 }
}

/// One property, by itself.
struct PropertyRecord: Sendable {
    var key: UInt32
    var stamp: StoredStamp
    var value: JSONValue
}

/// One property, of which the value stands in a larger text.
struct PropertyMember: Sendable {
    var key: UInt32
    var stamp: StoredStamp
    /// Where its value lies.
    var value: Range<Int>
}

/// A stamp with its sender as a number.
struct StoredStamp: Hashable, Sendable {
    var timestamp: Int64
    var sender: UInt32

    /// Sixteen million senders are told apart; all after them count as one.
    static let largestSender: UInt32 = 0xFF_FFFF
}

extension Int32 {
    /// The slot of nothing.
    static let none: Int32 = -1
}
