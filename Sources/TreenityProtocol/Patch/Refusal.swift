/// Why a patch or a frame was not taken.
public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The protocol's codes; a peer may send others.
    public struct Code: Hashable, Sendable, RawRepresentable {
        /// The code as it is written on the wire.
        public let rawValue: String

        /// A code as it is written on the wire.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        private init(_ rawValue: String) {
            self.rawValue = rawValue
        }

        /// The message is not JSON, or JSON that the protocol does not take.
        public static let invalidJSON = Code("invalid-json")
        /// A path or name breaks the rules.
        public static let invalidPath = Code("invalid-path")
        /// The message is JSON, but no message of the protocol.
        public static let invalidPatch = Code("invalid-patch")
        /// Nothing is at the path.
        public static let notFound = Code("not-found")
        /// Something is at the path already.
        public static let exists = Code("exists")
        /// A node where a property is wanted, or the reverse.
        public static let typeMismatch = Code("type-mismatch")
        /// The target of a move lies inside of what moves.
        public static let cycle = Code("cycle")
        /// What is there is newer.
        public static let superseded = Code("superseded")
        /// A text edit stands on a text that is no longer known.
        public static let stale = Code("stale")
        /// The server has no such action.
        public static let noAction = Code("no-action")
        /// The action ran and failed.
        public static let actionFailed = Code("action-failed")
        /// No valid token.
        public static let unauthorized = Code("unauthorized")
        /// The user may not do this, or nobody may.
        public static let forbidden = Code("forbidden")
        /// A batch or message beyond the server's limits.
        public static let tooLarge = Code("too-large")
        /// Too many requests.
        public static let rateLimited = Code("rate-limited")
        /// The server cannot do this now.
        public static let unavailable = Code("unavailable")
    }

    /// What kind of refusal.
    public var code: Code
    /// The reason, for a person.
    public var message: String
    /// Where in the tree, as far as it is known.
    public var path: TreePath?
    /// Which patch of a batch, from 0.
    public var index: Int?

    /// A refusal of these parts.
    public init(_ code: Code, _ message: String, path: TreePath? = nil, index: Int? = nil) {
        self.code = code
        self.message = message
        self.path = path
        self.index = index
    }

    /// The code with its reason.
    public var description: String { "\(code.rawValue): \(message)" }
}
