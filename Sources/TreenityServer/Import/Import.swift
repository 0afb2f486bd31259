public import TreenityProtocol
public import TreenityStore

/// A tree made of any JSON document.
///
/// Objects become nodes, all other members properties. An array of nothing but objects becomes a node too: its children
/// are called by the first key that in every element has another string or number, else by their places. A document
/// that is no object, nor such an array, becomes the property `value` of the root.
public struct Import: Sendable {
    /// The tree.
    public let tree: Replica
    /// Names that had to differ from the document's keys.
    public let renamings: [Renaming]

    /// A key that could not be a name.
    public struct Renaming: Hashable, Sendable {
        /// The node in which it stood.
        public let parent: TreePath
        /// The key as it stood in the document.
        public let key: String
        /// What it became; in one node no two are the same.
        public let name: Name
    }

    /// Imports a document.
    ///
    /// - Parameters:
    ///   - document: any JSON value.
    ///   - timestamp: when all of it is said to have been written.
    /// - Throws: ``ImportError`` where it is nested deeper than a path may be long.
    /// - Complexity: O(length of the document × depth of nesting).
    public init(_ document: JSONValue, timestamp: Timestamp = Timestamp(milliseconds: 0)) throws(ImportError) {
        var walk = ImportWalk(timestamp: timestamp)
        let members = ImportWalk.childMembers(of: document) ?? [JSONValue.Member(key: "value", value: document)]
        try walk.visit(.root, members)
        tree = walk.tree
        renamings = walk.renamings
    }
}

/// Why a document cannot be a tree.
public struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The deepest node that has an address.
    public let path: TreePath

    /// The reason, for a person.
    public var description: String {
        let start = path.text.prefix(60)
        return "the document is nested deeper than \(TreePath.maximumSegments) levels, at \(start)…"
    }
}
