public import TreenityProtocol

/// A tree as a value: what a server holds, and what each of its clients keeps in step by applying patches.
///
/// Nodes lie in one array and know their family by index; a child is found by name in O(1), a move takes O(1) however
/// much lies below. Every property carries the stamp of its value. Copies share storage, and what is written afterwards
/// becomes two in pages of a few kilobytes.
public struct Replica: Sendable {
    var records = Pages<NodeRecord>()
    var freeSlots: [Int32] = []
    var index = HashIndex()
    var properties = PropertyBlocks()
    var names = NameTable()
    var senders = NameTable()
    /// What was deleted, and when.
    var deletions = DeletionStamps()
    /// What went elsewhere, for patches that nobody has put in order.
    var forwards = Forwards()
    var linkCount: UInt32 = 0
    /// How many identities were given out: each gets a generation of its own, so that none comes twice.
    var issuedCount: UInt32 = 0

    /// How many nodes are here, the root included.
    public internal(set) var nodeCount = 1

    /// The newest timestamp of anything that was written.
    public internal(set) var newest = Timestamp(milliseconds: 0)

    /// The identity of the root, which exists always.
    public let root = NodeID(slot: 0, generation: 0)

    /// A tree of nothing but its root.
    public init() {
        let nobody = senders.intern("")
        let name = names.makeKey(of: TreePath.rootName)
        records.append(
            NodeRecord(name: name, generation: 0, stamp: StoredStamp(timestamp: 0, sender: nobody)))
    }

    /// What lies at an address.
    public enum Item: Hashable, Sendable {
        /// A node.
        case node(NodeID)
        /// A property of a node.
        case property(NodeID, Name)
    }

    /// One property of a node.
    public struct Property: Hashable, Sendable {
        /// Its name.
        public var name: Name
        /// Its value, never an object.
        public var value: JSONValue
        /// When and by whom it was written.
        public var stamp: Stamp
    }
}
