public import TreenityProtocol

/// An edit that an earlier run of the program left without an answer.
public struct RestoredEdit: Sendable {
    /// By which answers name it.
    public var id: String
    /// Whether its patches are taken all or not at all.
    public var isBatch: Bool
    /// Its patches.
    public var patches: [Patch]

    /// An edit of these parts.
    public init(id: String, isBatch: Bool, patches: [Patch]) {
        self.id = id
        self.isBatch = isBatch
        self.patches = patches
    }
}

/// An edit of an earlier run that the server refused.
public struct RestoredRefusal: Sendable {
    /// The edit.
    public var edit: RestoredEdit
    /// Why it was not taken.
    public var refusal: Refusal

    /// A refusal of these parts.
    public init(_ edit: RestoredEdit, _ refusal: Refusal) {
        self.edit = edit
        self.refusal = refusal
    }
}
