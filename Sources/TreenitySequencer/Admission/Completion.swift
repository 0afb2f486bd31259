public import TreenityProtocol

/// What an action gave that an `EXECUTE` has run.
public struct Completion: Hashable, Sendable {
    /// The `id` of the `EXECUTE`; `nil`: it had none.
    public var id: String?
    /// The `meta.user` of the `EXECUTE` as it was sent on.
    public var user: String
    /// The action's value, and the patches that it makes, taken all or not at all; or why it failed.
    public var outcome: Result<Yield, Refusal>

    /// What a successful action gives.
    public struct Yield: Hashable, Sendable {
        /// For whoever ran it.
        public var value: JSONValue
        /// What it does to the tree.
        public var patches: [Patch]

        /// A yield of these parts.
        public init(value: JSONValue, patches: [Patch] = []) {
            self.value = value
            self.patches = patches
        }
    }

    /// A completion of these parts.
    public init(id: String?, user: String, outcome: Result<Yield, Refusal>) {
        self.id = id
        self.user = user
        self.outcome = outcome
    }
}
