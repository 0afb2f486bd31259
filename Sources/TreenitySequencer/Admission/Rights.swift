public import TreenityProtocol

/// What somebody may do where. Each right is for paths and all that lies below them.
public struct Rights: Hashable, Sendable {
    /// What may be seen: by subscription, GET, FIND, HISTORY and PRESENCE.
    public var read: [TreePath]
    /// What may be added, edited, deleted and moved; both ends of a move have to be within.
    public var write: [TreePath]
    /// Where actions may be run.
    public var execute: [TreePath]

    /// Everything, everywhere.
    public static let all = Rights(read: [.root], write: [.root], execute: [.root])

    /// Rights of these parts.
    public init(read: [TreePath] = [], write: [TreePath] = [], execute: [TreePath] = []) {
        self.read = read
        self.write = write
        self.execute = execute
    }

    /// Whether what is at this address may be seen. O(number of paths).
    public func mayRead(_ path: TreePath) -> Bool { read.contains { path.isWithin($0) } }

    /// Whether what is at this address, and all below it, may be changed. O(number of paths).
    public func mayWrite(_ path: TreePath) -> Bool { write.contains { path.isWithin($0) } }

    /// Whether the action at this address may be run. O(number of paths).
    public func mayExecute(_ path: TreePath) -> Bool { execute.contains { path.isWithin($0) } }
}
