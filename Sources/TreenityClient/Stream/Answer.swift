public import TreenityProtocol

/// Patches that changed what is at a path, newest first.
public struct HistoryPage: Hashable, Sendable {
    /// The patches, each with what it replaced.
    public var patches: [HistoricalPatch]
    /// Whether there are older ones: ask again for those before the last of these.
    public var more: Bool
}

/// Nodes that a search met.
public struct FoundPaths: Hashable, Sendable {
    /// Their addresses.
    public var paths: [TreePath]
    /// Whether there are others.
    public var more: Bool
}

/// What somebody waits for.
enum Answer: Hashable, Sendable {
    case acknowledged(Acknowledgement)
    case result(JSONValue)
    case history(HistoryPage)
    case found(FoundPaths)
    /// What was to be loaded is there.
    case loaded
}
