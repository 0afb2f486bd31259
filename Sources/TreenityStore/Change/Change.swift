public import TreenityProtocol

/// What applying a patch did.
public struct Change: Sendable {
    /// The patch as far as it took effect: without the leaves that were superseded.
    public internal(set) var patch: Patch
    /// What happened, in order; empty where nothing took effect.
    public internal(set) var effects: [Effect] = []
    /// Escaped paths, relative to the patch's, of the leaves that were older than what was there or than its deletion.
    public internal(set) var superseded: [String] = []
    /// What happened beside, which no one sees.
    var traces: [Trace] = []
    /// The newest timestamp before.
    let newestBefore: Timestamp

    /// One step of a change.
    public enum Effect: Sendable {
        /// A property of a node that existed before was set, replaced or removed.
        case property(PropertyChange)
        /// A node came into being, with its properties.
        case added(NodeID)
        /// A node went, with all below it.
        case removed(RemovedSubtree)
        /// A node went from one place to another, with all below it.
        case moved(NodeMove)
        /// Below a node that is not loaded something came or went.
        case count(CountChange)
    }

    /// A step that changes no content, but what later patches may do.
    enum Trace: Sendable {
        /// What is known of the deletion of an address.
        case mark(way: [UInt32], previous: DeletionStamps.Mark)
        /// What is known of deletions went along with a move.
        case marksMoved(source: [UInt32], target: [UInt32], moved: Bool, replaced: DeletionStamps.Detached?)
        /// A move is remembered.
        case forward
        /// A node's own stamp.
        case stamp(slot: Int32, previous: StoredStamp)
    }
}

extension Change {
    /// The nodes of which the change left it open how many children they have, or what they are at all: a snapshot of them
    /// tells (``Replica/inquiries(about:)``). O(number of effects).
    public var doubtful: [NodeID] {
        var nodes: [NodeID] = []
        var seen: Set<NodeID> = []
        for case .count(let change) in effects where !change.new.isExact && seen.insert(change.node).inserted {
            nodes.append(change.node)
        }
        return nodes
    }
}

/// A property before and after.
public struct PropertyChange: Sendable {
    /// Whose property.
    public let node: NodeID
    /// Its name.
    public let name: Name
    /// What it was; `nil`: it was not there.
    public let old: Content?
    /// What it is; `nil`: it is gone.
    public let new: Content?
    /// The number of the name of the property that came after it, where it is gone; `nil`: it was the last.
    let next: UInt32?

    /// What a property holds.
    public struct Content: Hashable, Sendable {
        /// The value, never an object.
        public var value: JSONValue
        /// When and by whom it was written.
        public var stamp: Stamp
    }
}

/// The number of children of a node that is not loaded, before and after.
public struct CountChange: Hashable, Sendable {
    /// Whose children.
    public let node: NodeID
    /// How many there were; a node that has just come has none.
    public let old: ChildCount
    /// How many there are.
    public let new: ChildCount
}

/// A node's place among its siblings.
struct Place: Sendable {
    var parent: Int32
    var name: NameKey
    /// The sibling after it.
    var next: Int32
}

/// A move, both ends.
public struct NodeMove: Sendable {
    /// What moved.
    public let node: NodeID
    /// The parent before.
    public let oldParent: NodeID
    /// Its name before.
    public let oldName: Name
    let from: Place
}

/// A subtree that was taken out of the tree.
public struct RemovedSubtree: Sendable {
    /// The parent that it was under.
    public let parent: NodeID
    /// The name of its top.
    public let name: Name
    /// The sibling that came after it.
    public let next: NodeID?
    let place: Place
    /// Pre-order, as they were.
    let nodes: [RemovedNode]
    /// The slots are not free for others: the subtree will come back.
    let keepsSlots: Bool

    /// The identities that are gone, in pre-order, the top first.
    public var ids: [NodeID] { nodes.map { NodeID(slot: $0.slot, generation: $0.record.generation) } }

    /// How many nodes went.
    public var count: Int { nodes.count }

    /// Whether that is all that was there: no node of it was without its children. O(number of nodes).
    public var isWhole: Bool { nodes.allSatisfy(\.record.isLoaded) }
}

/// A node that was taken out of the tree.
struct RemovedNode: Sendable {
    let slot: Int32
    let record: NodeRecord
    let properties: [PropertyRecord]
}
