/// One change of the tree, as it travels.
public struct Patch: Hashable, Sendable {
    /// The affected node or property; of a move, the source.
    public var path: TreePath
    /// What is done there.
    public var operation: Operation
    /// When it was made; absent: the receiver's clock at receipt.
    public var timestamp: Timestamp?
    /// An object passed through untouched, but for what the server sets in it.
    public var meta: JSONValue?
    /// Chosen by the sender, at most ``maximumIDBytes`` bytes: repeats are recognised by it and answers name it.
    public var id: String?
    /// The highest ``seq`` that the sender had applied when it made the patch.
    public var base: SequenceNumber?
    /// The place in the server's order; set by the server alone.
    public var seq: SequenceNumber?

    /// The longest ``id``.
    public static let maximumIDBytes = 64
}

// Beside the memberwise initializer, not instead of it: decoding builds a patch in one step.
extension Patch {
    /// A patch of these parts.
    public init(
        _ operation: Operation, _ path: TreePath, timestamp: Timestamp? = nil, meta: JSONValue? = nil,
        id: String? = nil, base: SequenceNumber? = nil, seq: SequenceNumber? = nil
    ) {
        self.init(
            path: path, operation: operation, timestamp: timestamp, meta: meta, id: id, base: base, seq: seq)
    }
}

extension Patch {
    /// What a patch does, with what it needs for that.
    public enum Operation: Hashable, Sendable {
        /// Creates the node (an object) or property; missing ancestors too.
        case add(JSONValue)
        /// Merges into the node, or replaces the property.
        case edit(JSONValue)
        /// Removes the node with all below it, or the property.
        case delete
        /// Takes the node or property with all below it to another address.
        case move(to: TreePath)
        /// Runs the action at the path with an argument.
        case execute(JSONValue?)

        /// The operation's name on the wire.
        public var name: String {
            switch self {
            case .add: "ADD"
            case .edit: "EDIT"
            case .delete: "DELETE"
            case .move: "MOVE"
            case .execute: "EXECUTE"
            }
        }
    }

    /// `meta.user`; the empty string where it is absent.
    public var sender: String { meta?.stringMember("user") ?? "" }

    /// `meta.session`: the connection over which the server got the patch.
    public var session: String? { meta?["session"]?.string }

    /// The stamp that the patch gives to what it writes.
    public func stamp(receivedAt now: Timestamp) -> Stamp {
        Stamp(timestamp: timestamp ?? now, sender: sender)
    }
}
